using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Learning.Policies;

namespace Orchestra.Cli.Policies;

/// <summary><c>orchestra policy show</c>: checks a policy file and prints its model card, without any node.</summary>
internal static class ShowCommand
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "The policy file." };
        var json = NodeOptions.Json();
        var command = new Command("show", "Check a policy file and print its model card: its data, how it was trained, and what it reaches.") { file, json };
        command.SetAction(async (parse, ct) =>
        {
            var path = parse.GetRequiredValue(file);
            var policy = await Policy.ReadAsync(path.FullName, ct);
            var output = parse.InvocationConfiguration.Output;
            var shown = new JsonObject { ["id"] = policy.Id, ["bytes"] = path.Length, ["card"] = JsonSerializer.SerializeToNode(policy.Card, ModelCardJson.Default.ModelCard) };
            if (parse.GetValue(json))
                await output.WriteLineAsync(shown.ToJsonString(Readable));
            else
                ModelCardTable.Write(policy, path.Length, Terminal.On(output));
            return ExitCode.Ok;
        });
        return command.WithExamples("./orchestra policy show policy.orch", "./orchestra policy show policy.orch --json | jq .card.frontier");
    }
}
