using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using FsCheck.Xunit;
using Orchestra.Core.Budgets;

namespace Orchestra.Core.Tests.Budgets;

public class MoneyJsonConverterTests
{
    [Property(MaxTest = 500)]
    public void What_is_written_is_read_back(long nanos) =>
        JsonSerializer.Deserialize<Money>(JsonSerializer.Serialize(new Money(nanos))).ShouldBe(new Money(nanos));

    [Theory]
    [InlineData("\"12.50\"")]
    [InlineData("12.5")]
    [InlineData("12.500000000")]
    public void Strings_and_numbers_are_read(string json) => JsonSerializer.Deserialize<Money>(json).ShouldBe(new Money(12_500_000_000));

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("\"\"")]
    [InlineData("\"five\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("1e3")]
    [InlineData("1e999")]
    [InlineData("0.0000000001")]
    [InlineData("9223372037")]
    public void Anything_else_is_refused(string json) => Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Money>(json));

    [Fact]
    public async Task A_number_that_arrives_in_pieces_is_read_whole()
    {
        var pipe = new Pipe();
        foreach (var piece in new[] { "[12", ".", "5 ,\"0", ".25\"]" })
            await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(piece));
        await pipe.Writer.CompleteAsync();

        (await JsonSerializer.DeserializeAsync<Money[]>(pipe.Reader)).ShouldBe([new Money(12_500_000_000), new Money(250_000_000)]);
    }
}
