using System.Net.Http.Headers;
using System.Net.Http.Json;
using Voltwright.Jq;

namespace Voltwright.EndToEnd.Crash;

/// <summary>The administrator's client of the supplier API.</summary>
internal sealed class SupplierClient : IDisposable
{
    private readonly HttpClient _http;

    public SupplierClient(Uri address)
    {
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ServerProcess.AdministratorKey);
    }

    public async Task SendAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var answer = await _http.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{method} {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    public async Task DeployAsync(string workflow)
    {
        using var text = new StringContent(workflow, System.Text.Encoding.UTF8, "application/yaml");
        using var answer = await _http.PostAsync(new Uri("/api/v2/workflows", UriKind.Relative), text);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>False when the server is not there, or away before it answered.</summary>
    public async Task<bool> TryPostAsync(string path, HttpContent content)
    {
        try
        {
            using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return false;
        }
    }

    public async Task<JsonValue> GetAsync(string path) => JsonValue.Parse(await _http.GetByteArrayAsync(new Uri(path, UriKind.Relative)));

    /// <summary>All items of a paged list.</summary>
    public async Task<List<JsonValue>> ListAsync(string path, string cursorName = "after")
    {
        var items = new List<JsonValue>();
        for (var next = path; ;)
        {
            var page = await GetAsync(next);
            items.AddRange(page["items"].AsArray());
            if (!page["next"].TryGetString(out var cursor))
                return items;
            next = $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{cursorName}={Uri.EscapeDataString(cursor)}";
        }
    }

    public void Dispose() => _http.Dispose();
}
