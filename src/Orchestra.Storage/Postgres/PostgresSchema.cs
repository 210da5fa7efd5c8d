namespace Orchestra.Storage.Postgres;

/// <summary>A schema of the database and the numbered scripts that make it; its version is how many of them ran.</summary>
/// <param name="Name">Its name; the table <c>migration</c> in it holds the version.</param>
/// <param name="Scripts">The scripts, from the first.</param>
internal sealed record PostgresSchema(string Name, IReadOnlyList<string> Scripts);
