using System.CommandLine;
using System.CommandLine.Parsing;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Nodes;

namespace Orchestra.Cli.Ask;

/// <summary><c>orchestra ask</c>: one question to a running node.</summary>
public static class AskCommand
{
    /// <summary>The command, reading piped questions from standard input.</summary>
    public static Command Create() => Create(() => Console.IsInputRedirected ? Console.In : null);

    internal static Command Create(Func<TextReader?> pipedInput)
    {
        var question = new Argument<string?>("question") { Description = "The question; '-' or none reads it from standard input.", Arity = ArgumentArity.ZeroOrOne };
        question.Validators.Add(RefuseOptions);
        var url = NodeOptions.Url();
        var key = NodeOptions.Key();
        var model = new Option<string>("--model")
        {
            Description = "'orchestra' lets the conductor decide; an expert's name goes straight to it.",
            HelpName = "model",
            DefaultValueFactory = _ => "orchestra",
        };
        var wholeAnswer = new Option<bool>("--no-stream") { Description = "Wait for the whole answer instead of printing it as it comes." };
        var json = NodeOptions.Json();
        var command = new Command("ask", "Ask a running node one question; the answer goes to standard output, its cost to standard error.")
        {
            question, url, key, model, wholeAnswer, json,
        };
        command.SetAction(async (parse, ct) =>
        {
            var output = parse.InvocationConfiguration.Output;
            var request = new AskRequest(
                await QuestionReader.ReadAsync(parse.GetValue(question), pipedInput(), ct),
                parse.GetRequiredValue(model),
                Stream: !parse.GetValue(wholeAnswer) && !parse.GetValue(json));
            var apiKey = NodeOptions.RequireKey(
                parse.GetValue(key), "--key", NodeOptions.KeyVariable, "The node prints its first key when it starts for the first time.");
            using var node = new NodeClient(parse.GetRequiredValue(url), apiKey);
            var onTerminal = Terminal.IsTerminal(output);
            var answer = await AskClient.AskAsync(node, request, text => WriteAsync(output, onTerminal ? Terminal.Clean(text) : text, parse.GetValue(json)), ct);
            if (parse.GetValue(json))
            {
                await output.WriteLineAsync(answer.ToJson());
                return ExitCode.Ok;
            }

            await output.WriteLineAsync();
            await parse.InvocationConfiguration.Error.WriteLineAsync(answer.Summary());
            return ExitCode.Ok;
        });
        return command.WithExamples(
            "./orchestra ask \"What is 12.5% of 3/7?\"",
            "git diff | ./orchestra ask - --model small",
            "./orchestra ask \"Name three rivers\" --json | jq -r .cost_usd");
    }

    /// <summary>A misspelt option must not be sent, and paid for, as a question.</summary>
    private static void RefuseOptions(ArgumentResult result)
    {
        if (result.Tokens is [var word, ..] && word.Value.StartsWith("--", StringComparison.Ordinal) && !word.Value.Any(char.IsWhiteSpace))
            result.AddError($"There is no option '{word.Value}'.");
    }

    private static async Task WriteAsync(TextWriter output, string text, bool quiet)
    {
        if (quiet)
            return;
        await output.WriteAsync(text);
        await output.FlushAsync();
    }
}
