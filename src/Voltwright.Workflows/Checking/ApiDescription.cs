using Voltwright.Jq;
using Voltwright.Workflows.Shapes;

namespace Voltwright.Workflows.Checking;

/// <summary>An operation of an API.</summary>
/// <param name="Path">Its segments; null stands for a parameter.</param>
/// <param name="Body">Null: it takes none.</param>
/// <param name="Answer">The content of a successful answer.</param>
internal sealed record ApiOperation(string Method, string Template, IReadOnlyList<string?> Path, Shape? Body, Shape Answer, IReadOnlyList<string> Query);

/// <summary>What an OpenAPI document says of an API's operations.</summary>
internal sealed class ApiDescription
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    public ApiDescription(string address, JsonValue document)
    {
        Address = address.TrimEnd('/');
        var schemas = new SchemaShapes(document);
        Operations =
        [
            .. from path in document["paths"].TryGetObject(out var paths) ? paths : JsonObject.Empty
               where path.Value.IsObject
               from operation in path.Value.AsObject()
               where Methods.Contains(operation.Key)
               select Operation(operation.Key, path.Key, operation.Value, schemas),
        ];
    }

    public string Address { get; }

    public IReadOnlyList<ApiOperation> Operations { get; }

    /// <summary>The operation of that method at that address, whose <c>{names}</c> stand for one segment each; null when there is none.</summary>
    public ApiOperation? Find(string method, string address)
    {
        var segments = Segments(address[Address.Length..]);
        return Operations.Where(o => o.Method.Equals(method, StringComparison.OrdinalIgnoreCase) && Fits(o.Path, segments))
            .MinBy(o => o.Path.Count(s => s is null));
    }

    /// <summary>The segments of a path; null for one that holds a name in braces.</summary>
    public static string?[] Segments(string path) =>
        [.. path.Split('?', '#')[0].Trim('/').Split('/').Select(s => s.Contains('{', StringComparison.Ordinal) ? null : s)];

    private static bool Fits(IReadOnlyList<string?> path, string?[] segments) =>
        path.Count == segments.Length && path.Zip(segments, (own, given) => own is null || own == given).All(f => f);

    private static ApiOperation Operation(string method, string path, JsonValue operation, SchemaShapes schemas)
    {
        var body = Content(operation["requestBody"]) is { } schema ? schemas.Of(schema) : null;
        var answers = (operation["responses"].TryGetObject(out var responses) ? responses : JsonObject.Empty)
            .Where(r => r.Key.StartsWith('2'))
            .Select(r => r.Value["content"].IsNull ? Shape.Null : Content(r.Value) is { } content ? schemas.Of(content) : Shape.Any);
        var query = (operation["parameters"].TryGetArray(out var parameters) ? parameters : JsonArray.Empty)
            .Where(p => p["in"].Equals("query")).Select(p => p["name"].AsString());
        var answer = Shape.Join(answers);
        return new ApiOperation(method, path, Segments(path), body, answer.IsNever ? Shape.Any : answer, [.. query]);
    }

    private static JsonValue? Content(JsonValue message) =>
        message["content"]["application/json"]["schema"] is { IsNull: false } schema ? schema : (JsonValue?)null;
}
