using System.Net.Http.Headers;
using System.Net.Http.Json;
using Voltwright.Jq;

namespace Voltwright.Bench.Cluster;

/// <summary>A client of the API as it should be: a request that met a node just going is made once more, with the same key.</summary>
public sealed class ClusterClient : IDisposable
{
    private readonly HttpClient _http;
    private int _retries;

    public ClusterClient(Uri address)
    {
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(40) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", NodeProcess.AdministratorKey);
    }

    /// <summary>Requests that had to be made twice.</summary>
    public int Retries => _retries;

    /// <exception cref="HttpRequestException">It failed twice, or was refused.</exception>
    public async Task<JsonValue> SendAsync(HttpMethod method, string path, object? body = null)
    {
        var key = Guid.NewGuid().ToString("N");
        try
        {
            return await TryAsync(method, path, body, key);
        }
        catch (Exception e) when (e is HttpRequestException { StatusCode: null or >= System.Net.HttpStatusCode.InternalServerError } or TaskCanceledException)
        {
            Interlocked.Increment(ref _retries);
            return await TryAsync(method, path, body, key);
        }
    }

    public async Task<List<JsonValue>> ListAsync(string path)
    {
        var (all, after) = (new List<JsonValue>(), "");
        do
        {
            var page = await SendAsync(HttpMethod.Get, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=1000{after}");
            all.AddRange(page["items"].AsArray());
            after = page["next"].TryGetString(out var next) ? $"&after={Uri.EscapeDataString(next)}" : null;
        }
        while (after is not null);
        return all;
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonValue> TryAsync(HttpMethod method, string path, object? body, string key)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Idempotency-Key", key);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"{method} {path}: {(int)answer.StatusCode} {text}", null, answer.StatusCode);
        return text.Length == 0 ? JsonValue.Null : JsonValue.Parse(text);
    }
}
