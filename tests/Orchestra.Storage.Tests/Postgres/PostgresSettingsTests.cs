using Orchestra.Core.Configuration;
using Orchestra.Core.Errors;
using Orchestra.Storage.Postgres;

namespace Orchestra.Storage.Tests.Postgres;

public sealed class PostgresSettingsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Database=orchestra")]
    [InlineData("Host=db;Passwort=very-secret")]
    [InlineData("postgresql://orchestra:very-secret@db/orchestra")]
    public void A_text_that_is_no_connection_string_is_refused_and_not_shown(string text) =>
        Should.Throw<OrchestraException>(() => PostgresSettings.Read(new StorageOptions { ConnectionString = text })).Message.ShouldSatisfyAllConditions(
            message => message.ShouldContain("ORCHESTRA_POSTGRES"),
            message => message.ShouldNotContain("very-secret"));

    [Theory]
    [InlineData("12.22", true)]
    [InlineData("13.0", false)]
    [InlineData("18.1", false)]
    public void A_server_that_is_too_old_is_refused(string version, bool refused)
    {
        void Check() => PostgresDatabase.CheckVersion(Version.Parse(version), "PostgreSQL database x on y");
        if (refused)
            Should.Throw<OrchestraException>(Check).Message.ShouldContain(version);
        else
            Check();
    }

    [Fact]
    public void A_password_is_not_part_of_the_description()
    {
        var settings = PostgresSettings.Read(new StorageOptions { ConnectionString = "Host=db.example.com;Database=money;Username=me;Password=very-secret" });
        PostgresSettings.Describe(settings).ShouldBe("PostgreSQL database money on db.example.com:5432");
    }
}
