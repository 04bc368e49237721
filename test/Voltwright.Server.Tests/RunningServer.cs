using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Voltwright.Jq;
using Voltwright.Testing;

namespace Voltwright.Server.Tests;

/// <summary>A whole server on a free port, with a data folder of its own unless one is given.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    public const string AdministratorKey = "key-of-the-tests";
    private readonly TemporaryFolder? _folder;

    private RunningServer(WebApplication app, TemporaryFolder? folder)
    {
        App = app;
        _folder = folder;
        Http = NewClient(AdministratorKey);
    }

    public WebApplication App { get; }

    public HttpClient Http { get; }

    public Uri Address => VoltwrightServer.AddressOf(App);

    public static async Task<RunningServer> StartAsync(Func<ServerOptions, ServerOptions>? change = null)
    {
        var folder = new TemporaryFolder();
        var options = new ServerOptions
        {
            Urls = "http://127.0.0.1:0",
            DataFolder = folder.Path,
            MqttPort = null,
            AdministratorKey = AdministratorKey,
        };
        var app = VoltwrightServer.Build(change?.Invoke(options) ?? options);
        try
        {
            await app.StartAsync();
            return new RunningServer(app, folder);
        }
        catch
        {
            await app.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    public HttpClient NewClient(string? key)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Answer> PostAsync(string path, string body, string contentType = "application/json") =>
        SendAsync(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, contentType));

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await (client ?? Http).SendAsync(request);
        return new Answer((int)response.StatusCode, $"{response.Content.Headers.ContentType}", await response.Content.ReadAsStringAsync());
    }

    public async Task<string> NewKeyAsync(string role)
    {
        using var response = await Http.PostAsJsonAsync("/api/v2/keys", new { name = role, role });
        return JsonValue.Parse(await response.Content.ReadAsStringAsync())["secret"].AsString();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        _folder?.Dispose();
    }
}

public sealed record Answer(int Status, string ContentType, string Text)
{
    public JsonValue Json => Text.Length == 0 ? default : JsonValue.Parse(Text);
}
