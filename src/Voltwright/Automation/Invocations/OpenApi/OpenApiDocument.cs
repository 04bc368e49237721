using Voltwright.Jq;
using Voltwright.Workflows;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations.OpenApi;

/// <summary>A description of an API: Swagger 2.0, OpenAPI 3.0 or 3.1. What it says about one operation.</summary>
internal sealed class OpenApiDocument
{
    private const int MostReferences = 20;
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    private readonly JsonValue _root;
    private readonly string _address;
    private readonly bool _isOld;

    private OpenApiDocument(JsonValue root, string address)
    {
        (_root, _address) = (root, address);
        _isOld = root["swagger"] == "2.0" || root["swagger"].IsNumber;
        if (!_isOld && !(root["openapi"].TryGetString(out var version) && version.StartsWith("3.", StringComparison.Ordinal)))
            throw Wrong("The document is neither Swagger 2.0 nor OpenAPI 3.");
    }

    /// <param name="address">Where the document comes from: what is relative in it is relative to that.</param>
    public static OpenApiDocument Read(string text, string address)
    {
        try
        {
            return new OpenApiDocument(WorkflowReader.ReadValue(text), address);
        }
        catch (FormatException e)
        {
            throw new InvocationException(InvocationFailure.Configuration, $"The OpenAPI document is neither JSON nor YAML: {e.Message}", null, e);
        }
    }

    public OpenApiOperation Find(string operationId)
    {
        var known = new List<string>();
        foreach (var (path, entry) in _root["paths"].TryGetObject(out var paths) ? paths : JsonObject.Empty)
        {
            var item = Resolve(entry);
            foreach (var method in Methods)
            {
                var operation = item[method];
                if (operation["operationId"] == operationId)
                    return Operation(method, path, item, operation);
                if (operation["operationId"].TryGetString(out var id))
                    known.Add(id);
            }
        }

        throw Wrong($"The document has no operation '{operationId}'; it has: {string.Join(", ", known)}.");
    }

    private OpenApiOperation Operation(string method, string path, JsonValue item, JsonValue operation)
    {
        var parameters = new Dictionary<(string, string), OpenApiParameter>();
        foreach (var one in Items(item["parameters"]).Concat(Items(operation["parameters"])).Select(Resolve))
        {
            var parameter = new OpenApiParameter(Text(one["name"]), Text(one["in"]), one["required"].IsTruthy, one);
            parameters[(parameter.Name, parameter.Place)] = parameter;
        }

        // A key that the API asks for is given as a parameter.
        var schemes = _isOld ? _root["securityDefinitions"] : _root["components"]["securitySchemes"];
        foreach (var (_, scheme) in schemes.TryGetObject(out var all) ? all : JsonObject.Empty)
        {
            var resolved = Resolve(scheme);
            if (resolved["type"] == "apiKey")
                parameters.TryAdd((Text(resolved["name"]), Text(resolved["in"])), new(Text(resolved["name"]), Text(resolved["in"]), false, default));
        }

        var body = Resolve(operation["requestBody"]);
        var types = _isOld ? Items(operation["consumes"].IsNull ? _root["consumes"] : operation["consumes"]).Select(Text)
            : body["content"].TryGetObject(out var content) ? content.Keys : [];
        return new OpenApiOperation(
            method.ToUpperInvariant(), Server(item, operation), path, [.. parameters.Values], !body.IsNull, body["required"].IsTruthy, [.. types], _isOld);
    }

    private string Server(JsonValue item, JsonValue operation)
    {
        if (_isOld)
        {
            var from = Uri.TryCreate(_address, UriKind.Absolute, out var document) ? document : null;
            var schemes = Items(operation["schemes"].IsNull ? _root["schemes"] : operation["schemes"]).Select(Text).ToList();
            var scheme = schemes.Contains("https") ? "https" : schemes.FirstOrDefault() ?? from?.Scheme ?? "https";
            var host = _root["host"].TryGetString(out var own) ? own : from?.Authority ?? throw Wrong("The document names no host.");
            return $"{scheme}://{host}{Text(_root["basePath"])}".TrimEnd('/');
        }

        var server = new[] { operation["servers"], item["servers"], _root["servers"] }.SelectMany(Items).FirstOrDefault();
        var url = server["url"].TryGetString(out var text) ? text : "/";
        foreach (var (name, variable) in server["variables"].TryGetObject(out var variables) ? variables : JsonObject.Empty)
            url = url.Replace($"{{{name}}}", Text(variable["default"]), StringComparison.Ordinal);
        return Uri.TryCreate(url, UriKind.Absolute, out var absolute) && absolute.Scheme.StartsWith("http", StringComparison.Ordinal)
            || (Uri.TryCreate(_address, UriKind.Absolute, out var at) && Uri.TryCreate(at, url, out absolute))
            ? absolute.AbsoluteUri.TrimEnd('/') : throw Wrong($"'{url}' is no address of a server.");
    }

    private JsonValue Resolve(JsonValue value)
    {
        for (var i = 0; value["$ref"].TryGetString(out var reference); i++)
        {
            if (i == MostReferences || !reference.StartsWith("#/", StringComparison.Ordinal))
                throw Wrong($"'{reference}' leads nowhere in the document.");
            value = reference[2..].Split('/').Select(Unescape).Aggregate(_root, (at, name) => at[name]);
        }

        return value;
    }

    private static string Unescape(string part) =>
        Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static JsonArray Items(JsonValue value) => value.TryGetArray(out var items) ? items : JsonArray.Empty;

    private static string Text(JsonValue value) => Processes.ProcessRequest.Text(value);

    private static InvocationException Wrong(string detail) => new(InvocationFailure.Configuration, detail);
}
