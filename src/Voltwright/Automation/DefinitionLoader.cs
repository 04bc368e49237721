using Voltwright.Automation.Invocations;
using Voltwright.Jq;
using Voltwright.Workflows;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Resources;

namespace Voltwright.Automation;

/// <summary>Loads definitions together with the functions and schemas that they have elsewhere.</summary>
/// <param name="folder">Where files are, and the functions of the default catalog: <c>functions/NAME/VERSION/function.yaml</c>.</param>
public sealed class DefinitionLoader(HttpCaller caller, string? folder, IReadOnlyDictionary<string, JsonValue> secrets)
{
    // A function may call another one from elsewhere, and so on.
    private const int MostRounds = 16;
    private readonly ResourceReader _reader = new(caller, folder);

    /// <param name="sourceName">What findings call the text.</param>
    public async Task<LoadedDefinition> LoadAsync(string text, string sourceName, CancellationToken cancellation)
    {
        var fetched = new Dictionary<string, FetchedResource>(StringComparer.Ordinal);
        var compilation = WorkflowProgram.Load(text, sourceName, HostFeatures.All, fetched);
        for (var round = 0; round < MostRounds && compilation.Missing.Count > 0; round++)
        {
            foreach (var reference in compilation.Missing)
                fetched[reference.Address] = await FetchAsync(reference, cancellation);
            compilation = WorkflowProgram.Load(text, sourceName, HostFeatures.All, fetched);
        }

        var texts = fetched.Where(f => f.Value.Text is not null).ToDictionary(f => f.Key, f => f.Value.Text!, StringComparer.Ordinal);
        return new LoadedDefinition(compilation, texts);
    }

    private async Task<FetchedResource> FetchAsync(ResourceReference reference, CancellationToken cancellation)
    {
        try
        {
            var endpoint = JsonObject.Of(("uri", reference.Address));
            if (AuthorizationOf(reference) is { } who)
                endpoint = endpoint.With("authentication", who.ToJson());
            return new FetchedResource(await _reader.ReadAsync(JsonObject.Of(("endpoint", endpoint)), cancellation), null);
        }
        catch (InvocationException e)
        {
            return new FetchedResource(null, e.Message);
        }
    }

    private HttpAuthorization? AuthorizationOf(ResourceReference reference)
    {
        var properties = reference.Properties;
        if (reference.Secret is { } name && !secrets.TryGetValue(name, out properties))
            throw new InvocationException(Workflows.Runs.InvocationFailure.Authorization, $"The secret '{name}' is not available.");
        string Text(string member) => properties[member].TryGetString(out var text) ? text : properties[member].ToString();
        return reference.Scheme switch
        {
            null => null,
            "basic" => new HttpAuthorization("Basic", Text("username"), Text("password")),
            "digest" => new HttpAuthorization("Digest", Text("username"), Text("password")),
            "bearer" => new HttpAuthorization("Bearer", null, properties.TryGetString(out var token) ? token : Text("token")),
            "oauth2" => new HttpAuthorization(HttpAuthorization.OAuth2, null, "", properties),
            _ => new HttpAuthorization(HttpAuthorization.OpenIdConnect, null, "", properties),
        };
    }
}

/// <param name="Resources">The texts by their addresses, to be kept with the definition: what runs must not change behind its back.</param>
public sealed record LoadedDefinition(WorkflowCompilation Compilation, IReadOnlyDictionary<string, string> Resources);
