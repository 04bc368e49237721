using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>A text for drivers.</summary>
public sealed record MessageContent : Extensible
{
    public required MessageFormat Format { get; init; }
    [Text(8)] public string? Language { get; init; }
    [Text(512, In21 = 1024)] public required string Content { get; init; }
}

public enum MessageFormat
{
    ASCII,
    HTML,
    URI,
    UTF8,
    [Since21] QRCODE,
}
