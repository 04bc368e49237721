using System.Text.Json;

namespace Voltwright.Storage;

/// <summary>What a store takes. Refused before anything is written: a text that is not JSON would stop the tables' indexes later.</summary>
internal static class CommitRules
{
    /// <exception cref="ArgumentException">A stream's name has no kind, or what is written is not JSON.</exception>
    public static void Check(Commit commit)
    {
        foreach (var write in commit.Writes)
        {
            StreamName.KindOf(write.Stream);
            CheckJson(write.Stream, write.State);
            CheckJson(write.Stream, write.Record);
        }
    }

    private static void CheckJson(string stream, ReadOnlyMemory<byte>? text)
    {
        if (text is not { } utf8)
            return;
        var reader = new Utf8JsonReader(utf8.Span, new JsonReaderOptions { MaxDepth = 1000 });
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"What is written to '{stream}' is not JSON: {e.Message}", nameof(text), e);
        }
    }
}
