using System.Globalization;
using System.Text.Json;

namespace Orchestra.Deployment.Tests.Images;

public sealed class DockerfileTests
{
    private static readonly string[] Known = ["ARG", "FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"];

    public static TheoryData<string> Files => ["Dockerfile.silo", "Dockerfile.gpu"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Base_images_are_pinned_and_can_be_replaced(string name)
    {
        var file = Dockerfile.Read(name);

        foreach (var image in file.Of("FROM").Select(from => from.Split(' ')[0]))
        {
            image.ShouldStartWith("${");
            var pinned = file.Arguments[image[2..^1]];
            var tag = pinned.Split('/')[^1].Split(':', '@');
            tag.Length.ShouldBe(2, pinned);
            tag[1].Count(character => character == '.').ShouldBeGreaterThanOrEqualTo(2, $"{pinned} is not pinned to a patch");
            pinned.ShouldNotContain("latest");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_SDK_stays_behind(string name)
    {
        var file = Dockerfile.Read(name);

        file.Of("FROM").Count().ShouldBeGreaterThanOrEqualTo(2);
        file.LastStage.ShouldNotContain(instruction => instruction.Keyword == "RUN", "an image without a shell runs nothing while it is built");
        foreach (var copy in file.LastStage.Where(instruction => instruction.Keyword == "COPY"))
            file.Stages.ShouldContain(copy.Value.Split(' ').Single(word => word.StartsWith("--from=", StringComparison.Ordinal))["--from=".Length..]);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void It_does_not_run_as_root(string name)
    {
        var user = Dockerfile.Read(name).LastStage.Last(instruction => instruction.Keyword == "USER").Value.Split(':');

        user.Length.ShouldBe(2);
        user.ShouldAllBe(id => int.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture) > 0, "Kubernetes can only tell a number from root");
        user.ShouldAllBe(id => id == "1654", "the manifests run it as this one");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Nothing_is_fetched_and_no_secret_is_baked_in(string name)
    {
        var file = Dockerfile.Read(name);

        file.Instructions.ShouldAllBe(instruction => Known.Contains(instruction.Keyword));
        file.Of("RUN").ShouldAllBe(run => !run.Contains("curl", StringComparison.Ordinal) && !run.Contains("wget", StringComparison.Ordinal) && !run.Contains("://", StringComparison.Ordinal));
        file.Of("COPY").ShouldAllBe(copy => !copy.Contains("://", StringComparison.Ordinal));
        file.Of("ENV").Concat(file.Of("ARG")).ShouldAllBe(text => !text.Contains("KEY", StringComparison.OrdinalIgnoreCase) && !text.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase) && !text.Contains("SECRET", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void It_needs_no_shell_to_start_or_to_say_how_it_is(string name)
    {
        var last = Dockerfile.Read(name).LastStage;
        var start = Words("ENTRYPOINT", rest => rest);
        var health = Words("HEALTHCHECK", rest => rest[rest.IndexOf('[', StringComparison.Ordinal)..]);

        start[^1].ShouldBe("/app/orchestra-silo.dll");
        health.Take(start.Length).ShouldBe(start);
        health[start.Length..].ShouldBe(["health", "--url", "http://127.0.0.1:8080/healthz"]);
        Words("CMD", rest => rest).ShouldBe(["--urls", "http://*:8080"]);
        last.Single(instruction => instruction.Keyword == "EXPOSE").Value.ShouldBe("8080 11111 30000");

        string[] Words(string keyword, Func<string, string> array) => JsonSerializer.Deserialize<string[]>(array(last.Single(instruction => instruction.Keyword == keyword).Value))!;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_copied_is_there_and_nothing_else_is_sent_to_the_builder(string name)
    {
        var sent = File.ReadAllLines(Repository.File(".dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();
        var copied = Dockerfile.Read(name).Of("COPY").Where(copy => !copy.StartsWith("--from", StringComparison.Ordinal)).SelectMany(copy => copy.Split(' ')[..^1]).ToList();

        File.ReadAllLines(Repository.File(".dockerignore")).ShouldContain("*");
        copied.ShouldBe(sent, ignoreOrder: true);
        copied.ShouldAllBe(path => Path.Exists(Repository.File(path)));
    }
}
