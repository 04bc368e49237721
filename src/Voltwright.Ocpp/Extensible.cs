using System.Text.Json;
using System.Text.Json.Serialization;
using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp;

/// <summary>Every payload and data type of OCPP 2.x takes fields of a vendor's own, in one place of their own.</summary>
public abstract record Extensible
{
    public CustomData? CustomData { get; init; }
}

/// <summary>What a vendor added; the one type that takes any field. OCPP 2.0.1 part 4 §5.</summary>
public sealed record CustomData
{
    /// <summary>Says whose fields these are.</summary>
    [Text(255)] public required string VendorId { get; init; }

    // Settable, since what the reader adds to cannot be set only once.
    [JsonExtensionData] public IDictionary<string, JsonElement>? Fields { get; set; }
}
