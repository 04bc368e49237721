using Voltwright.Jq;

namespace Voltwright;

/// <summary>How a JSON value travels between silos: as its text.</summary>
[GenerateSerializer, Immutable]
public readonly record struct JsonText([property: Id(0)] byte[] Utf8);

[RegisterConverter]
public sealed class JsonTextConverter : IConverter<JsonValue, JsonText>
{
    public JsonValue ConvertFromSurrogate(in JsonText surrogate) => JsonValue.Parse(surrogate.Utf8);

    public JsonText ConvertToSurrogate(in JsonValue value) => new(value.ToUtf8());
}
