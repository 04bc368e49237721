using System.Net;
using System.Text.RegularExpressions;

namespace Voltwright.Console.Tests.Driver;

/// <summary>A driver's phone without a screen, with an address of its own: it keeps cookies and sends the forms that it was shown.</summary>
internal sealed class Phone : IDisposable
{
    private static int _count;
    private readonly HttpClient _client;

    public Phone(House house, string? address = null)
    {
        _client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = house.Address };
        _client.DefaultRequestHeaders.Add("X-Forwarded-For", address ?? $"203.0.113.{Interlocked.Increment(ref _count)}");
    }

    public CookieContainer Cookies { get; } = new();

    public async Task<(HttpStatusCode Status, string Html)> SeeAsync(string path)
    {
        using var response = await _client.GetAsync(path);
        return (response.StatusCode, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
    }

    public async Task<string> ReadAsync(string path)
    {
        var (status, html) = await SeeAsync(path);
        Assert.Equal(HttpStatusCode.OK, status);
        return html;
    }

    /// <summary>Fills the form in and follows where it leads.</summary>
    public async Task<(HttpStatusCode Status, string Html)> StartAsync(string station, string card, string? attempt = null)
    {
        attempt ??= Field(await ReadAsync($"/s/{station}"), "attempt");
        return await PostAsync($"/s/{station}/start", ("card", card), ("attempt", attempt));
    }

    public async Task<(HttpStatusCode Status, string Html)> StopAsync(string station) =>
        await PostAsync($"/s/{station}/stop", ("form-token", Field(await ReadAsync($"/s/{station}"), "form-token")));

    public async Task<(HttpStatusCode Status, string Html)> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var response = await _client.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));
        return response.Headers.Location is { } next
            ? await SeeAsync($"{next}")
            : (response.StatusCode, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
    }

    public static string Field(string html, string name) => Regex.Match(html, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value;

    public void Dispose() => _client.Dispose();
}
