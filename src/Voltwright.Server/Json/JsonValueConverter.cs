using System.Text.Json;
using System.Text.Json.Serialization;
using Voltwright.Jq;

namespace Voltwright.Server.Json;

/// <summary>Free-form JSON in requests and answers.</summary>
internal sealed class JsonValueConverter : JsonConverter<JsonValue>
{
    public override bool HandleNull => true;

    public override JsonValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return JsonValue.Parse(document.RootElement.GetRawText());
    }

    public override void Write(Utf8JsonWriter writer, JsonValue value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.ToUtf8(), skipInputValidation: true);
}
