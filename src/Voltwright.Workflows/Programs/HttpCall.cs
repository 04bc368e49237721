using Voltwright.Jq;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Programs;

/// <summary>How to make one request from a task's input.</summary>
/// <param name="Method">As the definition writes it.</param>
/// <param name="Address">Excludes <paramref name="AddressExpression"/>.</param>
internal sealed record HttpCall(
    string Method,
    UriTemplate? Address,
    ValueTemplate? AddressExpression,
    HttpCredentials? Credentials,
    ValueTemplate? Headers,
    ValueTemplate? Query,
    ValueTemplate? Body,
    string Output,
    bool Redirect)
{
    /// <summary>False, with the machine's error set, when something cannot be evaluated.</summary>
    public bool Prepare(RunMachine machine, JsonValue input, out HttpRequestSpec request)
    {
        request = null!;
        HttpAuthorization? authorization = null;
        if (Credentials is not null && !Credentials.Resolve(machine, input, out authorization))
            return false;
        machine.Current.Authorization = authorization?.Describe() ?? default;
        if (!Uri(machine, input, out var uri) || !Map(machine, Headers, input, "headers", out var headers)
            || !Map(machine, Query, input, "query", out var query) || !machine.Evaluate(Body ?? NoBody, input, out var body)
            || !machine.CanLeave(JsonArray.Of(body, headers, query), "The request"))
        {
            return false;
        }

        var contentType = headers.FirstOrDefault(h => h.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase));
        request = new HttpRequestSpec(
            Method.ToUpperInvariant(),
            UriText.WithQuery(uri, UriText.Query(query)),
            Plain(headers),
            body,
            body.IsNull ? null : contentType.Key is null ? MediaTypes.Json : UriText.Scalar(contentType.Value),
            authorization,
            Redirect);
        return true;
    }

    private static ConstantTemplate NoBody { get; } = new(default);

    private static JsonObject Plain(JsonObject headers)
    {
        var result = new JsonObject.Builder();
        foreach (var (name, value) in headers)
        {
            if (!value.IsNull && !name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
                result.Set(name, UriText.Scalar(value) ?? value.ToString());
        }

        return result.ToObject();
    }

    private static bool Map(RunMachine machine, ValueTemplate? template, JsonValue input, string what, out JsonObject map)
    {
        map = JsonObject.Empty;
        if (template is null)
            return true;
        if (!machine.Evaluate(template, input, out var value))
            return false;
        if (value.IsNull)
            return true;
        if (value.TryGetObject(out var given))
        {
            map = given;
            return true;
        }

        machine.Raise(ErrorKind.Expression, $"'{what}' must yield an object, not {StateWeight.Show(value)}.");
        return false;
    }

    private bool Uri(RunMachine machine, JsonValue input, out string uri)
    {
        uri = "";
        if (Address is not null)
        {
            if (!machine.Succeeded(Address.Expand(input), out var expanded))
                return false;
            uri = expanded.AsString();
            return true;
        }

        if (!machine.Evaluate(AddressExpression, input, out var value))
            return false;
        if (value.TryGetString(out var text) || value["uri"].TryGetString(out text))
        {
            uri = text;
            return true;
        }

        machine.Raise(ErrorKind.Expression, $"'endpoint' must yield an address, not {StateWeight.Show(value)}.");
        return false;
    }
}
