using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Voltwright.Cli.Demo;

/// <summary>The server's HTTP API as any client would use it.</summary>
internal sealed class SupplierApi(Uri server, string administratorKey) : IDisposable
{
    private readonly HttpClient _http = new()
    {
        BaseAddress = server,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", administratorKey) },
    };

    public Task<JsonNode> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<JsonNode> PostAsync(string path, JsonNode body) => SendAsync(HttpMethod.Post, path, body);

    public Task<JsonNode> PutAsync(string path, JsonNode body) => SendAsync(HttpMethod.Put, path, body);

    /// <summary>Asks again until the answer satisfies; the server is told nothing, so this is only for what the API cannot push.</summary>
    public async Task<JsonNode> UntilAsync(string path, string what, Func<JsonNode, bool> satisfies, TimeProvider time, TimeSpan patience)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var answer = await GetAsync(path);
            if (satisfies(answer))
                return answer;
            if (time.GetElapsedTime(started) > patience)
                throw new DemoFailure($"waited {patience.TotalSeconds:0} s for {what}; GET {path} still says {answer.ToJsonString()}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), time);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            throw new DemoFailure($"{method} {path} answered {(int)response.StatusCode}: {text}");
        return (text.Length == 0 ? null : JsonNode.Parse(text)) ?? new JsonObject();
    }
}
