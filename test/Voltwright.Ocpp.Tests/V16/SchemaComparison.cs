using System.Text.Json.Nodes;
using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.Tests.V16;

/// <summary>Holds a record's shape against an official schema: fields, required fields, types, lengths, choices.</summary>
static class SchemaComparison
{
    public static void Same(string path, PayloadShape shape, JsonObject schema, JsonObject root)
    {
        var properties = schema["properties"] as JsonObject ?? [];
        var required = (schema["required"] as JsonArray ?? []).Select(name => name!.GetValue<string>());
        Assert.Equal(properties.Select(property => property.Key).Order(), shape.Fields.Select(field => field.Name).Order());
        Assert.Equal(required.Order(), shape.Fields.Where(field => field.IsRequired).Select(field => field.Name).Order());
        foreach (var field in shape.Fields) Same($"{path}.{field.Name}", field.Value, properties[field.Name]!.AsObject(), root);
    }

    static void Same(string path, PayloadValue value, JsonObject schema, JsonObject root)
    {
        if (schema["$ref"] is { } reference) schema = Resolve(reference.GetValue<string>(), root);
        Assert.True(schema["type"]!.GetValue<string>() == TypeOf(value), $"{path} is a {schema["type"]}, declared as {value}");
        switch (value)
        {
            case PayloadValue.Text text:
                Assert.Equal((path, schema["maxLength"]?.GetValue<int>() ?? int.MaxValue), (path, text.MaxLength));
                Assert.Null(schema["enum"]);
                break;
            case PayloadValue.Choice choice:
                Assert.Equal(schema["enum"]!.AsArray().Select(name => name!.GetValue<string>()).Order(), choice.Names.Order());
                break;
            case PayloadValue.List list:
                Assert.Equal((path, schema["minItems"]?.GetValue<int>() ?? 0), (path, list.Minimum));
                Same(path, list.Item, schema["items"]!.AsObject(), root);
                break;
            case PayloadValue.Nested nested:
                Same(path, nested.Shape, schema, root);
                break;
        }
    }

    static JsonObject Resolve(string reference, JsonObject root) =>
        reference.Split('/').Skip(1).Aggregate(root, (node, part) => node[part]!.AsObject());

    static string TypeOf(PayloadValue value) => value switch
    {
        PayloadValue.Integer => "integer",
        PayloadValue.Number => "number",
        PayloadValue.Truth => "boolean",
        PayloadValue.List => "array",
        PayloadValue.Nested => "object",
        _ => "string",
    };
}
