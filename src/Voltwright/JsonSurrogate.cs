using Voltwright.Jq;

namespace Voltwright;

/// <summary>How a JSON value travels between silos: as its text.</summary>
[GenerateSerializer, Immutable]
public readonly record struct JsonSurrogate([property: Id(0)] byte[] Utf8);

[RegisterConverter]
public sealed class JsonSurrogateConverter : IConverter<JsonValue, JsonSurrogate>
{
    public JsonValue ConvertFromSurrogate(in JsonSurrogate surrogate) => JsonValue.Parse(surrogate.Utf8);

    public JsonSurrogate ConvertToSurrogate(in JsonValue value) => new(value.ToUtf8());
}
