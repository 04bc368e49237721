using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Voltwright.Gateway.Mqtt;
using Voltwright.Jq;
using Voltwright.Server;
using Voltwright.Simulator.Mqtt;
using Voltwright.Simulator.Ocpp;
using Voltwright.Testing;

namespace Voltwright.EndToEnd;

/// <summary>The whole server with the shipped workflows, on free ports, with a data folder of its own.</summary>
public sealed class RunningSystem : IAsyncDisposable
{
    public const string Secret = "a secret of sixteen";
    private const string Key = "key-of-the-tests";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder;
    private readonly WebApplication _app;
    private readonly List<IAsyncDisposable> _stations = [];

    private RunningSystem(WebApplication app, TemporaryFolder folder)
    {
        (_app, _folder) = (app, folder);
        Http = new HttpClient { BaseAddress = VoltwrightServer.AddressOf(app) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public HttpClient Http { get; }

    public Uri Ocpp => new UriBuilder(Http.BaseAddress!) { Scheme = "ws", Path = "/ocpp" }.Uri;

    public int MqttPort => _app.Services.GetRequiredService<MqttGateway>().Port;

    /// <summary>Started, with a tariff of 0.49 a kWh, 1.00 a session and 20 % tax.</summary>
    public static async Task<RunningSystem> StartAsync(bool withWorkflows = true)
    {
        var folder = new TemporaryFolder();
        var app = VoltwrightServer.Build(new ServerOptions
        {
            Urls = "http://127.0.0.1:0",
            DataFolder = folder.Path,
            MqttPort = 0,
            AdministratorKey = Key,
            WorkflowsFolder = !withWorkflows ? null : Path.Combine(Repository.Root, "workflows"),
        });
        await app.StartAsync();
        var system = new RunningSystem(app, folder);
        await system.SendAsync(HttpMethod.Put, "tariffs/default", """{"currency":"EUR","perKwh":49,"sessionFee":100,"taxPercent":20}""");
        return system;
    }

    public async Task<OcppStation> AddOcppStationAsync(
        string id, int slots = 2, Func<OcppStationOptions, OcppStationOptions>? change = null)
    {
        await RegisterAsync(id, "ocpp1.6", slots);
        var options = new OcppStationOptions { Id = id, Endpoint = Ocpp, Secret = Secret, Connectors = slots };
        var station = new OcppStation(change?.Invoke(options) ?? options, new Simulator.SimulationClock(TimeProvider.System, 60));
        _stations.Add(station);
        await station.StartAsync();
        return station;
    }

    public async Task<MqttStation> AddNativeStationAsync(
        string id, int slots = 2, Func<MqttStationOptions, MqttStationOptions>? change = null)
    {
        await RegisterAsync(id, "mqtt", slots);
        var options = new MqttStationOptions { Id = id, Host = "127.0.0.1", Port = MqttPort, Secret = Secret, Slots = slots };
        var station = new MqttStation(change?.Invoke(options) ?? options, new Simulator.SimulationClock(TimeProvider.System, 60));
        _stations.Add(station);
        await station.StartAsync();
        return station;
    }

    public async Task<RawStation> AddRawStationAsync(string id, int slots = 2)
    {
        await RegisterAsync(id, "ocpp1.6", slots);
        var station = await RawStation.ConnectAsync(Ocpp, id, Secret);
        _stations.Add(station);
        return station;
    }

    public Task RegisterAsync(string id, string protocol, int slots) =>
        PostAsync("stations", $$"""{"id":"{{id}}","protocol":"{{protocol}}","slots":{{slots}},"secret":"{{Secret}}"}""");

    public Task AddCardAsync(string id, string? accountId = null) =>
        PostAsync(
            "cards", accountId is null ? $$"""{"id":"{{id}}","status":"active"}""" : $$"""{"id":"{{id}}","accountId":"{{accountId}}"}""");

    public Task<JsonValue> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<JsonValue> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    public async Task<JsonValue> SendAsync(HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, "/api/v2/" + path);
        if (body is not null)
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? JsonValue.Null : JsonValue.Parse(text);
    }

    /// <summary>Looks at a resource until it is as expected.</summary>
    public async Task<JsonValue> EventuallyAsync(string path, string expected, Func<JsonValue, bool> isIt)
    {
        var seen = JsonValue.Null;
        using var deadline = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!deadline.IsCancellationRequested)
        {
            seen = await GetAsync(path);
            if (isIt(seen))
                return seen;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        throw new TimeoutException(
            $"{path}: expected {expected} within {Patience.TotalSeconds} s; it is {seen}; runs: {await GetAsync("runs")}");
    }

    /// <summary>The card's only session, once it has that status.</summary>
    public async Task<JsonValue> SessionAsync(string cardId, string status)
    {
        var found = await EventuallyAsync(
            $"sessions?cardId={cardId}", $"a session that is {status}", list => list["items"][0]["status"] == status);
        Assert.Single(found["items"].AsArray());
        return found["items"][0];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var station in _stations)
            await station.DisposeAsync();
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
