using System.Text.Json.Nodes;
using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.Tests.Versions;

/// <summary>Holds a record's shape against an official schema: fields, required fields, types, lengths, bounds, choices.</summary>
/// <param name="bounds">Whether the schemas state the bounds of numbers: those of 1.6 leave them to the text.</param>
sealed class SchemaComparison(JsonObject root, bool bounds)
{
    public void Same(string path, PayloadShape shape, JsonObject schema)
    {
        var properties = schema["properties"] as JsonObject ?? [];
        var required = (schema["required"] as JsonArray ?? []).Select(name => name!.GetValue<string>());
        Assert.Equal(properties.Select(property => property.Key).Order(), shape.Fields.Select(field => field.Name).Order());
        Assert.Equal(required.Order(), shape.Fields.Where(field => field.IsRequired).Select(field => field.Name).Order());
        Assert.Equal((path, schema["additionalProperties"]?.GetValue<bool>() ?? true), (path, shape.TakesAnyField));
        foreach (var field in shape.Fields) Same($"{path}.{field.Name}", field.Value, properties[field.Name]!.AsObject());
    }

    void Same(string path, PayloadValue value, JsonObject schema)
    {
        if (schema["$ref"] is { } reference) schema = Resolve(reference.GetValue<string>());
        Assert.True(schema["type"]?.GetValue<string>() == TypeOf(value), $"{path} is a {schema["type"]}, declared as {value}");
        switch (value)
        {
            case PayloadValue.Text text:
                Assert.Equal((path, schema["maxLength"]?.GetValue<int>() ?? int.MaxValue), (path, text.MaxLength));
                Assert.Null(schema["enum"]);
                break;
            case PayloadValue.Choice choice:
                Assert.Equal(schema["enum"]!.AsArray().Select(name => name!.GetValue<string>()).Order(), choice.Names.Order());
                break;
            case PayloadValue.Integer integer:
                SameBounds(path, integer.Minimum, integer.Maximum, schema);
                break;
            case PayloadValue.Number number:
                SameBounds(path, number.Minimum, number.Maximum, schema);
                break;
            case PayloadValue.List list:
                Assert.Equal((path, schema["minItems"]?.GetValue<int>() ?? 0), (path, list.Minimum));
                Assert.Equal((path, schema["maxItems"]?.GetValue<int>() ?? int.MaxValue), (path, list.Maximum));
                Same(path, list.Item, schema["items"]!.AsObject());
                break;
            case PayloadValue.Nested nested:
                Same(path, nested.Shape, schema);
                break;
        }
    }

    void SameBounds(string path, int minimum, int maximum, JsonObject schema)
    {
        if (!bounds) return;
        Assert.Equal((path, schema["minimum"]?.GetValue<decimal>() ?? int.MinValue), (path, minimum));
        Assert.Equal((path, schema["maximum"]?.GetValue<decimal>() ?? int.MaxValue), (path, maximum));
    }

    JsonObject Resolve(string reference) => reference.Split('/').Skip(1).Aggregate(root, (node, part) => node[part]!.AsObject());

    static string? TypeOf(PayloadValue value) => value switch
    {
        PayloadValue.Integer => "integer",
        PayloadValue.Number => "number",
        PayloadValue.Truth => "boolean",
        PayloadValue.List => "array",
        PayloadValue.Nested => "object",
        PayloadValue.Anything => null,
        _ => "string",
    };
}
