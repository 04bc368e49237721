using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Voltwright.Jq;

namespace Voltwright.Automation.Secrets;

/// <summary>The secrets of several providers; the first that has one is asked no others. Nobody can list them.</summary>
public sealed class ProvidedSecrets(params IReadOnlyList<ISecretProvider> providers) : IReadOnlyDictionary<string, JsonValue>
{
    public JsonValue this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no secret '{key}'.");

    public IEnumerable<string> Keys => [];

    public IEnumerable<JsonValue> Values => [];

    public int Count => 0;

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out JsonValue value)
    {
        foreach (var provider in providers)
        {
            if (provider.Find(key) is { } found)
            {
                value = found;
                return true;
            }
        }

        value = default;
        return false;
    }

    public IEnumerator<KeyValuePair<string, JsonValue>> GetEnumerator() => Enumerable.Empty<KeyValuePair<string, JsonValue>>().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
