using System.Text.Json;
using System.Text.Json.Serialization;

namespace Voltwright.Ocpp.Payloads;

/// <summary>Serialises times as <see cref="OcppTime"/> says.</summary>
public sealed class TimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        OcppTime.TryRead(reader.GetString() ?? "", out var time, out _) ? time : throw new JsonException("no RFC 3339 time");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(OcppTime.Write(value));
}
