using System.Text.Json.Nodes;
using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.Tests.V16;

/// <summary>Makes payloads from shapes: with every field, or with the required ones only.</summary>
sealed class SamplePayload(int seed, bool everything)
{
    readonly Random _random = new(seed);

    public JsonObject Of(PayloadShape shape) => new(shape.Fields
        .Where(field => field.IsRequired || everything)
        .Select(field => KeyValuePair.Create(field.Name, Value(field.Value))));

    JsonNode? Value(PayloadValue value) => value switch
    {
        PayloadValue.Text text => new string('x', Math.Min(text.MaxLength, 20_000)),
        PayloadValue.Address => "ftp://user:secret@files.example.com/station",
        PayloadValue.Integer integer => Math.Max(integer.Minimum, -3) + _random.Next(5),
        PayloadValue.Number => _random.Next(1, 320) / 10m,
        PayloadValue.Truth => _random.Next(2) == 0,
        PayloadValue.Time => OcppTime.Write(DateTimeOffset.UnixEpoch.AddSeconds(_random.Next())),
        PayloadValue.Choice choice => choice.Names.ElementAt(_random.Next(choice.Names.Count)),
        PayloadValue.List list => new JsonArray([.. Enumerable.Range(0, Math.Max(list.Minimum, 2)).Select(_ => Value(list.Item))]),
        PayloadValue.Nested nested => Of(nested.Shape),
        _ => new JsonObject(),
    };
}
