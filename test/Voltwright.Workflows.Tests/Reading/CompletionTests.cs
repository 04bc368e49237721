using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Tests.Reading;

public sealed class CompletionTests
{
    private const string Text = """
        document: { dsl: '1.0.0', namespace: default, name: a, version: '1.0.0' }
        do:
          - ask:
              call: http
              with:
                endpoint: https://example.com
                output: raw
          - rest:
              wait: { seconds: 1 }
        """;

    [Theory]
    [InlineData(1, 1, "", "document use schedule input timeout", "do")] // The root's own names, without those that are there.
    [InlineData(4, 7, "", "if call do emit for then", "ask")] // A task that has no kind yet.
    [InlineData(4, 13, "      call: ", "http openapi grpc asyncapi a2a mcp", "get")]
    [InlineData(6, 9, "", "method headers query body redirect", "output")]
    [InlineData(6, 12, "        met", "method headers", "output")] // What fits is for the editor to choose.
    [InlineData(7, 17, "        output: ", "content raw response", "method")]
    [InlineData(6, 20, "        endpoint: htt", "", "content")] // Anything may stand there.
    [InlineData(99, 1, "", "", "do")]
    public void Offers_AtAPlace_AreWhatTheReaderWouldTake(int line, int column, string left, string offered, string absent)
    {
        var lines = Text.Split('\n').ToList();
        if (left.Length > 0)
            lines[line - 1] = left;
        else if (line <= lines.Count)
            lines[line - 1] = new string(' ', column - 1);

        var offers = Completion.At(string.Join('\n', line == 4 && left.Length == 0 ? lines.Where((_, i) => i is < 4 or > 6) : lines), line, column);

        Assert.Empty(offered.Split(' ', StringSplitOptions.RemoveEmptyEntries).Except(offers));
        Assert.Empty(offers.Intersect(absent.Split(' ')));
        Assert.Equal(offered.Length == 0, offers.Count == 0);
    }
}
