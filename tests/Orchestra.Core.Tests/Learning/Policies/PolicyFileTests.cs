using System.Security.Cryptography;
using FsCheck;
using FsCheck.Xunit;
using Orchestra.Core.Errors;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Tests.Learning.Neighbours;

namespace Orchestra.Core.Tests.Learning.Policies;

public sealed class PolicyFileTests
{
    private static readonly ModelCard Card = new() { Seed = 7, Data = [new DataFingerprint("table.jsonl", 20, "ab")], Experts = Memories.Experts };
    private static readonly Policy Whole = Policy.Create(Weights(), Card);
    private static readonly byte[] Written = Whole.ToBytes();

    public static TheoryData<string> Sections => [.. PolicySections.Write(Whole.Weights).Keys];

    [Fact]
    public void A_policy_comes_back_as_it_was_written()
    {
        var read = Policy.Parse(Written);

        read.Id.ShouldBe(Whole.Id);
        read.ToBytes().ShouldBe(Written);
        (read.Card.Seed, read.Card.Data[0]).ShouldBe((7, Card.Data[0]));
        read.Card.Experts.ShouldBe(Card.Experts);
        ShouldBeTheSame(read.Weights.Prior, Weights().Prior);
        read.Weights.Posterior.Parameters.ShouldBe(Weights().Posterior.Parameters);
        read.Weights.Posterior.Trees.Numbers.ShouldBe(Weights().Posterior.Trees.Numbers);
        read.Weights.Posterior.Trees.Thresholds.ShouldBe(Weights().Posterior.Trees.Thresholds);
        read.Weights.Posterior.Trees.Leaves.ShouldBe(Weights().Posterior.Trees.Leaves);
        read.Weights.Scorer.Parameters.ShouldBe(Weights().Scorer.Parameters);
        read.Weights.Outputs.ShouldBe(Weights().Outputs, ignoreOrder: true);
        PolicyFile.Write(read.Card, PolicySections.Write(read.Weights)).ShouldBe(Written);
    }

    [Fact]
    public async Task A_file_is_read_from_disk_and_a_missing_one_is_named()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("policy.orchestra");
        var missing = await Should.ThrowAsync<OrchestraException>(() => Policy.ReadAsync(path, CancellationToken.None));
        await File.WriteAllBytesAsync(path, Written);

        (await Policy.ReadAsync(path, CancellationToken.None)).Id.ShouldBe(Whole.Id);
        missing.Code.ShouldBe(ErrorCode.NotFound);
        missing.Message.ShouldContain(path);
    }

    [Fact]
    public void Whatever_byte_is_damaged_the_file_is_refused()
    {
        var places = Enumerable.Range(0, 64).Concat(Enumerable.Range(0, Written.Length / 61).Select(step => step * 61)).Concat(Enumerable.Range(Written.Length - 40, 40));
        foreach (var place in places)
        {
            var damaged = Written.ToArray();
            damaged[place] ^= (byte)(1 << (place % 8));
            ShouldBeRefused(damaged);
        }
    }

    [Fact]
    public void A_file_that_is_cut_off_or_goes_on_is_refused()
    {
        foreach (var length in Enumerable.Range(0, 64).Concat(Enumerable.Range(0, Written.Length / 61).Select(step => step * 61)).Append(Written.Length - 1))
            ShouldBeRefused(Written[..length]);
        ShouldBeRefused([.. Written, 0]);
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void A_section_that_is_missing_or_of_the_wrong_length_is_refused(string name)
    {
        var sections = PolicySections.Write(Whole.Weights);
        var bytes = sections[name];
        foreach (var wrong in (byte[][])[bytes[..^1], [.. bytes, 0]])
            ShouldBeRefused(PolicyFile.Write(Card, new Dictionary<string, byte[]>(sections) { [name] = wrong }));
        sections.Remove(name);
        ShouldBeRefused(PolicyFile.Write(Card, sections));
    }

    [Property(MaxTest = 500)]
    public void Damage_under_a_right_checksum_is_refused_or_gives_a_policy(NonNegativeInt place, byte value)
    {
        var content = Written[..^SHA256.HashSizeInBytes];
        content[place.Get * 37 % content.Length] = value;
        try
        {
            Policy.Parse([.. content, .. SHA256.HashData(content)]).Weights.Scorer.Parameters.ShouldAllBe(weight => float.IsFinite(weight));
        }
        catch (OrchestraException refusal)
        {
            refusal.Code.ShouldBe(ErrorCode.InvalidPolicy);
        }
    }

    private static void ShouldBeRefused(byte[] file) => Should.Throw<OrchestraException>(() => Policy.Parse(file)).Code.ShouldBe(ErrorCode.InvalidPolicy);

    private static void ShouldBeTheSame(PriorPredictor read, PriorPredictor written)
    {
        read.Scale.Means.ShouldBe(written.Scale.Means);
        read.Scale.Factors.ShouldBe(written.Scale.Factors);
        read.Difficulty.Weights.ShouldBe(written.Difficulty.Weights);
        read.Weights.ShouldBe(written.Weights);
        read.Strengths.Names.ShouldBe(written.Strengths.Names);
        for (var weight = 0; weight < ExpertStrengths.Length; weight++)
            (read.Strengths[0, weight], read.Strengths[1, weight]).ShouldBe((written.Strengths[0, weight], written.Strengths[1, weight]));
    }

    [Fact]
    public void A_tree_that_looks_at_a_number_that_there_is_not_is_refused()
    {
        var wrong = Trees();
        wrong.Numbers[3] = (short)PosteriorNumbers.Count;
        var weights = Whole.Weights with { Posterior = Whole.Weights.Posterior with { Trees = wrong } };

        ShouldBeRefused(PolicyFile.Write(Card, PolicySections.Write(weights)));
    }

    private static BoostedTrees Trees() => new(
        [0, 3, 1, 2, 2, 5, 4, 7, 7, 1, 0, 0, 9, 9], [.. Enumerable.Range(0, 2 * BoostedTrees.NodesOfTree).Select(node => node / 10f)],
        [.. Enumerable.Range(0, 2 * BoostedTrees.LeavesOfTree).Select(leaf => (leaf - 7) / 20f)]);

    private static PolicyWeights Weights()
    {
        var random = new Random(2);
        var strengths = new ExpertStrengths(["small", "large"]);
        for (var i = 0; i < 40; i++)
            strengths[random.Next(2), random.Next(ExpertStrengths.Length)] = random.Next(-8, 8) / 8f;
        var prior = PriorPredictor.Blank() with { Strengths = strengths };
        foreach (var numbers in (float[][])[prior.Scale.Means, prior.Scale.Factors, prior.Difficulty.Weights, prior.Weights])
        {
            foreach (ref var number in numbers.AsSpan())
                number = (float)(random.NextDouble() - 0.5);
        }

        var answers = new float[PosteriorPredictor.Length];
        foreach (ref var number in answers.AsSpan())
            number = (float)(random.NextDouble() - 0.5);
        var outputs = new Dictionary<string, double>(StringComparer.Ordinal) { ["small"] = 120.5, ["large"] = 300, [string.Empty] = 200 };
        return new PolicyWeights(prior, new PosteriorPredictor(answers, Trees()), MoveScorer.Initial(random), Memories.Random(seed: 5, rows: 20, capacity: 256), outputs);
    }
}
