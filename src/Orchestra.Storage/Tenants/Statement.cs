namespace Orchestra.Storage.Tenants;

/// <summary>A statement that every database of ours understands.</summary>
/// <param name="Sql">The text, a constant of the program but for the columns asked for.</param>
/// <param name="Values">The values of $1, $2 …; times are milliseconds since 1970, UTC.</param>
internal readonly record struct Statement(string Sql, object?[] Values);
