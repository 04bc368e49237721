namespace Voltwright.Storage;

/// <summary>A stream is called <c>kind/id</c>.</summary>
public static class StreamName
{
    public static string KindOf(string stream) => stream.IndexOf('/') is var slash and > 0
        ? stream[..slash]
        : throw new ArgumentException($"'{stream}' is no stream: expected kind/id.", nameof(stream));

    public static string IdOf(string stream) => stream[(stream.IndexOf('/') + 1)..];
}
