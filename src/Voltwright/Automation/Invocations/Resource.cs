using Voltwright.Jq;

namespace Voltwright.Automation.Invocations;

/// <summary>An external resource as it stands in a request (DSL reference, External Resource).</summary>
internal static class Resource
{
    /// <summary>Empty when it has none.</summary>
    public static string AddressOf(JsonValue resource)
    {
        var endpoint = resource["endpoint"];
        return resource.TryGetString(out var text) || endpoint.TryGetString(out text) || endpoint["uri"].TryGetString(out text) ? text : "";
    }

    /// <summary>The same resource with another file name: what an import means.</summary>
    public static JsonValue Beside(JsonValue resource, string name)
    {
        var address = AddressOf(resource);
        var path = address.IndexOf('?', StringComparison.Ordinal) is var query and >= 0 ? address[..query] : address;
        var sibling = path[..(path.LastIndexOf('/') + 1)] + name;
        return resource["endpoint"].TryGetObject(out var endpoint)
            ? JsonObject.Of(("endpoint", endpoint.With("uri", sibling))) : JsonObject.Of(("endpoint", sibling));
    }
}

/// <summary>Reads external resources, with the host's own means and within its limits.</summary>
internal interface IResources
{
    /// <exception cref="InvocationException">It is not there, or may not be read.</exception>
    Task<string> ReadAsync(JsonValue resource, CancellationToken cancellation);
}
