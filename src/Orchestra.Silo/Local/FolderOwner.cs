using System.Diagnostics;

namespace Orchestra.Silo.Local;

/// <summary>The user as whom PostgreSQL runs: this one, or, since it refuses to run as root, another one that root hands the folder to.</summary>
/// <param name="Id">The user's number; null for this user.</param>
/// <param name="Group">Its group's number.</param>
internal sealed record FolderOwner(string? Id, string? Group)
{
    /// <summary>The user for PostgreSQL.</summary>
    public static async Task<FolderOwner> ForPostgresAsync(CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess)
            return new FolderOwner(null, null);
        var users = (await File.ReadAllLinesAsync("/etc/passwd", ct)).Select(line => line.Split(':')).ToLookup(fields => fields[0]);
        var user = users["postgres"].Concat(users["nobody"]).First();
        return new FolderOwner(user[2], user[3]);
    }

    /// <summary>A command as that user.</summary>
    public ProcessStartInfo Command(string program, params string[] arguments) => Id is null
        ? new ProcessStartInfo(program, arguments)
        : new ProcessStartInfo("setpriv", ["--reuid", Id, "--regid", Group!, "--clear-groups", program, .. arguments]);

    /// <summary>Hands a folder and what is in it to that user.</summary>
    public async Task GiveAsync(string folder, CancellationToken ct)
    {
        if (Id is null)
            return;
        using var change = Process.Start("chown", ["-R", $"{Id}:{Group}", folder]);
        await change.WaitForExitAsync(ct);
    }
}
