using System.Text;
using System.Text.Json;
using FsCheck.Xunit;
using Orchestra.Core.Chat;

namespace Orchestra.Core.Tests.Chat;

public class JsonUnicodeTests
{
    [Theory]
    [InlineData("", -1)]
    [InlineData("\"plain é 😀\"", -1)]
    [InlineData("\"\\ud83d\\ude00\"", -1)]
    [InlineData("\"\\\\ud83d\"", -1)]
    [InlineData("\"\\u00e9\\n\\\\\"", -1)]
    [InlineData("\"\\ud83d\"", 1)]
    [InlineData("\"ab\\ude00\"", 3)]
    [InlineData("\"\\\\\\ud83d\"", 3)]
    [InlineData("\"\\ud83d\\ud83d\\ude00\"", 1)]
    [InlineData("\"\\ud83d\\u0041\"", 1)]
    [InlineData("\\", -1)]
    [InlineData("\\u", -1)]
    [InlineData("\\ud8", -1)]
    public void The_first_fault_is_found(string json, int expected) => JsonUnicode.FindFault(Encoding.UTF8.GetBytes(json)).ShouldBe(expected);

    [Fact]
    public void Memory_without_a_fault_is_not_copied()
    {
        ReadOnlyMemory<byte> json = Encoding.UTF8.GetBytes("{\"a\":\"é\\ud83d\\ude00\"}");
        JsonUnicode.Repair(json).Equals(json).ShouldBeTrue();
    }

    [Property(MaxTest = 1000)]
    public void Faults_are_found_exactly_where_a_parser_stumbles_over_them_and_repaired(int[] picks)
    {
        string[] parts = ["a", "\\\\", "\\n", "\\ud83d", "\\ude00", "\\u0041", "\\uD83D\\uDE00", "é", "u"];
        byte[][] bytes = [.. parts.Select(Encoding.UTF8.GetBytes), [0xFF], [0xC3]];
        byte[] json = [(byte)'"', .. picks.SelectMany(pick => bytes[Math.Abs(pick % bytes.Length)]), (byte)'"'];

        (JsonUnicode.FindFault(json) < 0).ShouldBe(IsReadable(json));
        IsReadable(JsonUnicode.Repair(json).ToArray()).ShouldBeTrue();
    }

    private static bool IsReadable(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
