using System.CommandLine;
using System.Text.Json.Nodes;
using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Policies;

/// <summary><c>orchestra policy</c>: what a policy file says of itself, and how it is rolled out.</summary>
public static class PolicyCommand
{
    private const string Example = "pol_0123456789abcdef";

    /// <summary>The command.</summary>
    public static Command Create() => new("policy", "Show a policy file, and roll policies out on a node's admin API: shadow, canary, promote, rollback.")
    {
        ShowCommand.Create(),
        List(),
        Status(),
        Add(),
        Shadow(),
        Canary(),
        Promote(),
        RollBack(),
    };

    private static Command List()
    {
        var calls = new PolicyCalls();
        var command = new Command("list", "List the policies that nodes have, the newest first.");
        calls.AddTo(command);
        command.SetAction((parse, ct) => calls.ListAsync(parse, ct));
        return command.WithExamples("./orchestra policy list");
    }

    private static Command Status()
    {
        var calls = new PolicyCalls();
        var command = new Command("status", "Show which policy conducts, which one is on its way, what their queries came to, and the last changes.");
        calls.AddTo(command);
        command.SetAction((parse, ct) => calls.RolloutAsync(parse, HttpMethod.Get, "rollout", null, ct));
        return command.WithExamples("./orchestra policy status", "./orchestra policy status --json | jq .canary_queries");
    }

    private static Command Add()
    {
        var calls = new PolicyCalls();
        var file = new Argument<FileInfo>("file") { Description = "The policy file." };
        var command = new Command("add", "Give a policy file to the nodes without using it.") { file };
        calls.AddTo(command);
        command.SetAction((parse, ct) => calls.AddAsync(parse, parse.GetRequiredValue(file), ct));
        return command.WithExamples("./orchestra policy add policy.orch");
    }

    private static Command Shadow()
    {
        var (calls, policy) = (new PolicyCalls(), Policy());
        var command = new Command("shadow", "Let a policy decide beside the one that serves, without effect.") { policy };
        calls.AddTo(command);
        command.SetAction((parse, ct) => calls.RollOutAsync(parse, parse.GetRequiredValue(policy), "shadow", null, ct));
        return command.WithExamples("./orchestra policy shadow policy.orch", $"./orchestra policy shadow {Example}");
    }

    private static Command Canary()
    {
        var (calls, policy) = (new PolicyCalls(), Policy());
        var share = BoundedOption.Create("--share", "The share of conversations that it serves, above 0 and up to 1.", 0.000_001, 1.0);
        share.Required = true;
        var command = new Command("canary", "Let a policy serve a share of the conversations; it rolls itself back when it is worse.") { policy, share };
        calls.AddTo(command);
        command.SetAction((parse, ct) => calls.RollOutAsync(parse, parse.GetRequiredValue(policy), "canary", new JsonObject { ["share"] = parse.GetValue(share) }, ct));
        return command.WithExamples($"./orchestra policy canary {Example} --share 0.05");
    }

    private static Command Promote()
    {
        var (calls, policy) = (new PolicyCalls(), Policy());
        var command = new Command("promote", "Let a policy serve everything; the one before it is kept to go back to.") { policy };
        calls.AddTo(command);
        command.SetAction((parse, ct) => calls.RollOutAsync(parse, parse.GetRequiredValue(policy), "promote", null, ct));
        return command.WithExamples($"./orchestra policy promote {Example}");
    }

    private static Command RollBack()
    {
        var calls = new PolicyCalls();
        var command = new Command("rollback", "Take the policy on its way away, or, where there is none, go back to what served before.");
        calls.AddTo(command);
        command.SetAction((parse, ct) => calls.RolloutAsync(parse, HttpMethod.Post, "rollback", null, ct));
        return command.WithExamples("./orchestra policy rollback");
    }

    private static Argument<string> Policy() => new("policy") { Description = "A policy's id, or a policy file, which is added first." };
}
