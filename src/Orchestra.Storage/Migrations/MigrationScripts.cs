using System.Reflection;

namespace Orchestra.Storage.Migrations;

/// <summary>The numbered scripts of a folder of an assembly, by which a database is brought forward.</summary>
internal static class MigrationScripts
{
    /// <summary>The scripts in the order of their numbers, which start at 0001 and have no gaps.</summary>
    /// <param name="folder">The folder of this assembly as a namespace, such as <c>Postgres.Migrations</c>.</param>
    public static IReadOnlyList<string> Read(string folder) => Read(Assembly.GetExecutingAssembly(), folder);

    /// <summary>The scripts of another assembly, whose name need not be that of its namespaces.</summary>
    public static IReadOnlyList<string> Read(Assembly assembly, string folder)
    {
        var marker = $".{folder}.";
        var names = assembly.GetManifestResourceNames().Where(name => name.Contains(marker, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        if (names.Count == 0)
            throw new InvalidOperationException($"There are no migrations in {folder}.");
        for (var i = 0; i < names.Count; i++)
        {
            if (!names[i].Contains($"{marker}{i + 1:0000}_", StringComparison.Ordinal))
                throw new InvalidOperationException($"The migration {names[i]} is out of order: number {i + 1:0000} is expected.");
        }

        return names.ConvertAll(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        });
    }
}
