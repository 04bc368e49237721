namespace Voltwright.Automation.Invocations.Agents;

/// <summary>The data of a whole stream of server-sent events (WHATWG HTML, 9.2).</summary>
internal static class ServerSentEvents
{
    public static IEnumerable<string> Data(string stream)
    {
        var lines = new List<string>();
        foreach (var line in stream.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                lines.Add(line.Length > 5 && line[5] == ' ' ? line[6..] : line[5..]);
            }
            else if (line.Length == 0 && lines.Count > 0)
            {
                yield return string.Join('\n', lines);
                lines.Clear();
            }
        }
    }
}
