using System.Text;
using Orchestra.Storage.Search;

namespace Orchestra.Storage.Tests.Search;

public class DocumentTextTests
{
    [Fact]
    public void Every_usual_encoding_of_text_is_read()
    {
        DocumentText.Decode(Encoding.UTF8.GetBytes("añb")).ShouldBe("añb");
        DocumentText.Decode([.. Encoding.UTF8.Preamble, .. "añb"u8]).ShouldBe("añb");
        DocumentText.Decode([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("añb")]).ShouldBe("añb");
        DocumentText.Decode([.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes("añb")]).ShouldBe("añb");
    }

    [Fact]
    public void What_is_no_text_is_told_apart_and_what_is_broken_is_repaired()
    {
        DocumentText.Decode([0x7F, (byte)'E', (byte)'L', (byte)'F', 0, 1]).ShouldBeNull();
        DocumentText.Decode([(byte)'a', 0xFF, (byte)'b']).ShouldBe("a\uFFFDb");
        DocumentText.Decode([]).ShouldBe(string.Empty);
    }

    [Fact]
    public void Lines_end_as_any_system_ends_them() => DocumentText.Lines("a\r\nb\rc\nd").ShouldBe(["a", "b", "c", "d"]);
}
