using System.Text.Json.Nodes;
using Voltwright.Ocpp.Payloads;

namespace Voltwright.Testing;

/// <summary>Makes payloads from shapes: with every field, or with the required ones only.</summary>
public sealed class SamplePayload(int seed, bool everything)
{
    private static readonly DateTimeOffset NewYear = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(seed);

    public JsonObject Of(PayloadShape shape)
    {
        var payload = new JsonObject(shape.Fields
            .Where(field => field.IsRequired || everything)
            .Select(field => KeyValuePair.Create(field.Name, Value(field.Value))));
        if (shape.TakesAnyField && everything) payload["vendorField"] = new JsonArray(1, "two");
        return payload;
    }

    private JsonNode? Value(PayloadValue value) => value switch
    {
        PayloadValue.Text text => new string('x', Math.Min(text.MaxLength, 20_000)),
        PayloadValue.Address => "ftp://user:secret@files.example.com/station",
        PayloadValue.Integer integer => (int)Between(integer.Minimum, integer.Maximum),
        PayloadValue.Number number => Between(number.Minimum, number.Maximum),
        PayloadValue.Truth => _random.Next(2) == 0,
        PayloadValue.Time => OcppTime.Write(NewYear.AddSeconds(_random.Next(1_000_000))),
        PayloadValue.Choice choice => choice.Names.ElementAt(_random.Next(choice.Names.Count)),
        PayloadValue.List list => new JsonArray(
            [.. Enumerable.Range(0, Math.Max(list.Minimum, Math.Min(2, list.Maximum))).Select(_ => Value(list.Item))]),
        PayloadValue.Nested nested => Of(nested.Shape),
        _ => new JsonObject { ["any"] = "thing" },
    };

    private decimal Between(int minimum, int maximum) => Math.Max(minimum, Math.Min(maximum, _random.Next(-3, 5)));
}
