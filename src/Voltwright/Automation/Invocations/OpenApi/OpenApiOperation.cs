using Voltwright.Automation.Invocations.Processes;
using Voltwright.Jq;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations.OpenApi;

/// <param name="Place"><c>path</c>, <c>query</c>, <c>header</c> or <c>cookie</c>; with Swagger 2.0 also <c>body</c> and <c>formData</c>.</param>
internal sealed record OpenApiParameter(string Name, string Place, bool IsRequired, JsonValue Definition);

/// <summary>An operation, and how a request to it is made of the values for its parameters.</summary>
/// <param name="ContentTypes">What the body may be.</param>
internal sealed record OpenApiOperation(
    string Method, string Server, string Path, IReadOnlyList<OpenApiParameter> Parameters, bool HasBody, bool NeedsBody,
    IReadOnlyList<string> ContentTypes, bool IsOld)
{
    /// <param name="values">By the names of the parameters; for the body <c>body</c>, or what is left of them.</param>
    public HttpRequestSpec Request(JsonObject values, HttpAuthorization? authorization, bool followRedirects)
    {
        var path = Path;
        var query = new List<string>();
        var cookies = new List<string>();
        var headers = JsonObject.Of(("Accept", "application/json, */*;q=0.8"));
        JsonValue body = default;
        var form = JsonObject.Empty;
        var left = values;
        foreach (var parameter in Parameters)
        {
            var value = values[parameter.Name];
            left = left.Without(parameter.Name);
            if (value.IsNull && !parameter.IsRequired)
                continue;
            if (value.IsNull)
                throw new InvocationException(InvocationFailure.Configuration, $"The operation needs the {parameter.Place} parameter '{parameter.Name}'.");
            switch (parameter.Place)
            {
                case "path": path = path.Replace($"{{{parameter.Name}}}", PathText(value), StringComparison.Ordinal); break;
                case "query": query.AddRange(QueryParts(parameter, value)); break;
                case "header": headers = headers.With(parameter.Name, Joined(value, ",")); break;
                case "cookie": cookies.Add($"{parameter.Name}={Uri.EscapeDataString(Joined(value, ","))}"); break;
                case "formData": form = form.With(parameter.Name, value); break;
                default: body = value; break;
            }
        }

        if (cookies.Count > 0)
            headers = headers.With("Cookie", string.Join("; ", cookies));
        if (HasBody && left.Count > 0)
            body = left.Count == 1 && left.ContainsKey("body") ? left["body"] : left;
        else if (left.Count > 0)
            throw Unknown(left);
        if (NeedsBody && body.IsNull)
            throw new InvocationException(InvocationFailure.Configuration, "The operation needs a body: give it as 'body', or its members as parameters.");
        var content = form.Count > 0 ? "application/x-www-form-urlencoded" : body.IsNull ? null : ContentType();
        var uri = $"{Server}{path}{(query.Count > 0 ? "?" : "")}{string.Join('&', query)}";
        return new HttpRequestSpec(Method, uri, headers, form.Count > 0 ? form : body, content, authorization, followRedirects);
    }

    private InvocationException Unknown(JsonObject left) => new(
        InvocationFailure.Configuration,
        $"The operation has no parameter '{left.Keys.First()}'; it has: {string.Join(", ", Parameters.Select(p => p.Name))}.");

    private string ContentType() =>
        ContentTypes.FirstOrDefault(t => t.Contains("json", StringComparison.OrdinalIgnoreCase))
        ?? (ContentTypes.Count > 0 ? ContentTypes[0] : "application/json");

    // Lists: one pair an item, unless the document says otherwise; Swagger 2.0 says so by default.
    private IEnumerable<string> QueryParts(OpenApiParameter parameter, JsonValue value)
    {
        var name = Uri.EscapeDataString(parameter.Name);
        if (value.TryGetObject(out var members))
        {
            var isDeep = parameter.Definition["style"] == "deepObject";
            return members.Select(m => $"{(isDeep ? $"{name}[{Uri.EscapeDataString(m.Key)}]" : Uri.EscapeDataString(m.Key))}={Escaped(m.Value)}");
        }

        if (!value.TryGetArray(out var items))
            return [$"{name}={Escaped(value)}"];
        var isSeparate = IsOld ? parameter.Definition["collectionFormat"] == "multi" : parameter.Definition["explode"] != JsonValue.False;
        if (isSeparate)
            return items.Select(i => $"{name}={Escaped(i)}");
        var separator = Format(parameter.Definition) switch
        {
            "ssv" or "spaceDelimited" => "%20", "pipes" or "pipeDelimited" => "|", "tsv" => "%09", _ => ",",
        };
        return [$"{name}={string.Join(separator, items.Select(Escaped))}"];
    }

    private static string Format(JsonValue definition) =>
        definition["style"].TryGetString(out var style) ? style : definition["collectionFormat"].TryGetString(out var format) ? format : "csv";

    private static string PathText(JsonValue value) =>
        value.TryGetArray(out var items) ? string.Join(',', items.Select(Escaped)) : Escaped(value);

    private static string Joined(JsonValue value, string separator) =>
        value.TryGetArray(out var items) ? string.Join(separator, items.Select(ProcessRequest.Text)) : ProcessRequest.Text(value);

    private static string Escaped(JsonValue value) => Uri.EscapeDataString(ProcessRequest.Text(value));
}
