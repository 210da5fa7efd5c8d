using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Tests.CommandLine;

public sealed class TerminalTests
{
    [Theory]
    [InlineData("plain\ttext\r\nin lines", "plain\ttext\r\nin lines")]
    [InlineData("\u001b[2Jgone", "\uFFFD[2Jgone")]
    [InlineData("bell\a and \u009b31m", "bell\uFFFD and \uFFFD31m")]
    public void What_a_model_wrote_cannot_steer_the_terminal(string text, string shown) => Terminal.Clean(text).ShouldBe(shown);
}
