using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Voltwright.Jq;
using Voltwright.Testing;

namespace Voltwright.EndToEnd.Crash;

/// <summary>A service that is called under idempotency keys: each key has one effect, however often it comes. It fails now and then.</summary>
internal sealed class Till : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Path, string Key), JsonValue> _effects = new();
    private readonly ConcurrentDictionary<string, int> _attempts = new(StringComparer.Ordinal);
    private FakeService _service = null!;

    public Uri Address => _service.Address;

    /// <summary>All requests, repeated and refused ones included.</summary>
    public int Requests => _service.Requests.Count;

    public static async Task<Till> StartAsync()
    {
        var till = new Till();
        till._service = await FakeService.StartAsync(till.Answer);
        return till;
    }

    /// <summary>The bodies that had an effect, one for each key.</summary>
    public IReadOnlyList<JsonValue> Effects(string path) => [.. _effects.Where(e => e.Key.Path == path).Select(e => e.Value)];

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private IResult Answer(FakeRequest request)
    {
        var key = request.Header("Idempotency-Key") ?? throw new InvalidOperationException($"{request.Path} came without a key.");
        // Every third payment is refused at first, so that it is retried.
        if (request.Path == "/pay" && JsonValue.Parse(request.Body)["n"].AsDouble() % 3 == 0 && _attempts.AddOrUpdate(key, 1, (_, n) => n + 1) == 1)
            return Results.StatusCode(503);
        _effects.TryAdd((request.Path, key), JsonValue.Parse(request.Body));
        return Results.Json(new { taken = true });
    }
}
