using System.Text.Json;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Voltwright.Storage;

namespace Voltwright.Server.Auth;

/// <summary>
/// The keys that protect what a browser carries to the identity provider and back, stream <c>protection-key/{name}</c>: whichever node the browser
/// comes back to can read it, and no folder has to be kept.
/// </summary>
internal sealed class StoredKeys(IStore store) : IXmlRepository
{
    private const string Kind = "protection-key";

    // The interface waits; keys are read once a day and written once in three months.
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. store.ListAsync(Kind, [], 1000).AsTask().GetAwaiter().GetResult().Items
            .Select(k => XElement.Parse(JsonSerializer.Deserialize<StoredKey>(k.Body.Span, JsonSerializerOptions.Web)!.Xml))];

    public void StoreElement(XElement element, string friendlyName)
    {
        var state = JsonSerializer.SerializeToUtf8Bytes(new StoredKey(element.ToString(SaveOptions.DisableFormatting)), JsonSerializerOptions.Web);
        store.CommitAsync(new Commit { Writes = [new StreamWrite($"{Kind}/{friendlyName}", 0, state)] }).AsTask().GetAwaiter().GetResult();
    }

    private sealed record StoredKey(string Xml);
}
