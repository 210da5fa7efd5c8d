using System.Text;
using FsCheck.Xunit;
using Orchestra.Core.Chat;

namespace Orchestra.Core.Tests.Chat;

public sealed class TextSizeTests
{
    [Property(MaxTest = 300)]
    public void Every_byte_is_counted_in_its_class(byte[] bytes, ushort repeat)
    {
        // Long enough for vectors, for lanes that are full, and for a rest.
        var text = Enumerable.Repeat(bytes, (repeat % 2_000) + 1).SelectMany(part => part).ToArray();
        var dense = text.Count(one => one is not (>= (byte)'a' and <= (byte)'z' or (byte)' '));
        TextSize.Of(text).ShouldBe(new TextSize(text.Length, dense));
    }

    [Fact]
    public void A_text_that_is_all_plain_fills_no_lane_over() => TextSize.Of(new string('e', 100_003)).ShouldBe(new TextSize(100_003, 0));

    [Theory]
    [InlineData("The quick brown fox jumps over the lazy dog", 22)]
    [InlineData("0123456789", 10)]
    [InlineData("!@#$%^&*()", 10)]
    [InlineData("QXZJKVWQ", 8)]
    [InlineData("中文", 6)]
    [InlineData("", 0)]
    public void The_ceiling_takes_dense_text_for_a_token_a_byte(string text, int tokens)
    {
        TokenEstimator.Ceiling(TextSize.Of(text)).ShouldBe(tokens);
        TokenEstimator.Ceiling(TextSize.Of(Encoding.UTF8.GetBytes(text))).ShouldBe(tokens);
    }

    [Fact]
    public void A_request_of_digits_is_reserved_for_a_token_a_digit_wherever_they_stand()
    {
        var digits = new string('7', 1_000);
        foreach (var json in (string[])[
            $$"""{"model":"m","messages":[{"role":"user","content":"{{digits}}"}]}""",
            $$"""{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"{{digits}}"}]}]}""",
            $$"""{"model":"m","messages":[{"role":"user","name":"{{digits}}","content":""}]}""",
            $$"""{"model":"m","documents":["{{digits}}"],"messages":[{"role":"user","content":""}]}""",
            $$"""{"model":"m","tools":[{"d":"{{digits}}"}],"messages":[{"role":"user","content":""}]}""",
            $$"""{"model":"m","response_format":{"d":"{{digits}}"},"messages":[{"role":"user","content":""}]}"""])
        {
            ChatRequestReader.Read(Encoding.UTF8.GetBytes(json)).CeilingPromptTokens.ShouldBeInRange(1_000, 1_080, json[..40]);
        }
    }

    [Theory]
    [InlineData("""{"model":"m","service_tier":"priority","messages":[{"role":"user","content":"x"}]}""", true)]
    [InlineData("""{"model":"m","Service_Tier" : "priority","messages":[{"role":"user","content":"x"}]}""", true)]
    [InlineData("""{"model":"m","service\u005ftier":"priority","messages":[{"role":"user","content":"x"}]}""", true)]
    [InlineData("""{"model":"m","ſervice_tier":"priority","messages":[{"role":"user","content":"x"}]}""", true)]
    [InlineData("""{"model":"m","service_tier":null,"messages":[{"role":"user","content":"x"}]}""", false)]
    [InlineData("""{"model":"m","service_tiers":1,"deep":{"service_tier":1},"messages":[{"role":"user","content":"x"}]}""", false)]
    public void A_field_is_found_however_it_is_written(string json, bool found) =>
        ChatRequestReader.Read(Encoding.UTF8.GetBytes(json)).Has("service_tier").ShouldBe(found);
}
