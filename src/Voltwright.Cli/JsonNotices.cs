using System.Text;
using System.Text.Json;

namespace Voltwright.Cli;

/// <summary>What people must see once, as lines that collectors of JSON logs understand.</summary>
internal sealed class JsonNotices(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void WriteLine(string? value) => inner.WriteLine(Line(value));

    public override Task WriteLineAsync(string? value) => inner.WriteLineAsync(Line(value));

    public override void Write(char value) => inner.Write(value);

    private static string Line(string? message) => JsonSerializer.Serialize(new
    {
        Timestamp = TimeProvider.System.GetUtcNow(),
        LogLevel = "Information",
        Category = "Voltwright",
        Message = message,
    });
}
