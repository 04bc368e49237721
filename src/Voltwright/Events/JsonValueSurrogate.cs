using Voltwright.Jq;

namespace Voltwright.Events;

/// <summary>How a JSON value crosses from one machine of a cluster to another.</summary>
[GenerateSerializer, Immutable]
public struct JsonValueSurrogate
{
    [Id(0)]
    public byte[] Utf8 { get; set; }
}

[RegisterConverter]
public sealed class JsonValueConverter : IConverter<JsonValue, JsonValueSurrogate>
{
    public JsonValue ConvertFromSurrogate(in JsonValueSurrogate surrogate) => JsonValue.Parse(surrogate.Utf8.AsSpan());

    public JsonValueSurrogate ConvertToSurrogate(in JsonValue value) => new() { Utf8 = value.ToUtf8() };
}
