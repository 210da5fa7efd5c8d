using Orchestra.Cli.Ledgers.Export;
using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Reports;

namespace Orchestra.Cli.Tests.Ledgers;

public sealed class CsvRowTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\r\nb", "\"a\r\nb\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("=\"a,b\"", "\"'=\"\"a,b\"\"\"")]
    public void A_cell_is_quoted_and_never_a_formula(string? text, string? cell) => CsvRow.Cell(text).ShouldBe(cell);

    [Fact]
    public void A_negative_amount_stays_a_number()
    {
        var row = new LedgerRow("acme", 1, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), "settle", "r", "r", new Money(-5), null, null, null, null, null, null, null, null, null);
        CsvRow.Of(row).ShouldBe("acme,1,2026-01-02T03:04:05.000Z,settle,r,r,-0.000000005,,,,,,,,,\r\n");
    }
}
