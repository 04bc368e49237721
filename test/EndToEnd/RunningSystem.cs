using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Voltwright.Certificates;
using Voltwright.Gateway.Mqtt;
using Voltwright.Jq;
using Voltwright.Ocpp;
using Voltwright.Server;
using Voltwright.Simulator;
using Voltwright.Simulator.Mqtt;
using Voltwright.Simulator.Ocpp;
using Voltwright.Simulator.Ocpp2;
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

    private RunningSystem(WebApplication app, TemporaryFolder folder, X509Certificate2Collection roots)
    {
        (_app, _folder) = (app, folder);
        var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = TlsTrust.In(roots) } };
        Roots = roots;
        Http = new HttpClient(handler) { BaseAddress = VoltwrightServer.AddressOf(app) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public HttpClient Http { get; }

    /// <summary>Who signed what the server shows by https.</summary>
    public X509Certificate2Collection Roots { get; }

    public Uri Ocpp => new UriBuilder(Http.BaseAddress!) { Scheme = Http.BaseAddress!.Scheme == "https" ? "wss" : "ws", Path = "/ocpp" }.Uri;

    /// <summary>Where the server listens by https beside http.</summary>
    public Uri EncryptedOcpp => new UriBuilder(_app.Urls.Select(u => new Uri(u)).First(u => u.Scheme == "https")) { Scheme = "wss", Path = "/ocpp" }.Uri;

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public int MqttPort => _app.Services.GetRequiredService<MqttGateway>().Port;

    /// <summary>Started, with a tariff of 0.49 a kWh, 1.00 a session and 20 % tax.</summary>
    public static async Task<RunningSystem> StartAsync(bool withWorkflows = true, Func<ServerOptions, ServerOptions>? change = null)
    {
        var folder = new TemporaryFolder();
        var options = new ServerOptions
        {
            Urls = "http://127.0.0.1:0",
            DataFolder = folder.Path,
            MqttPort = 0,
            AdministratorKey = Key,
            WorkflowsFolder = !withWorkflows ? null : Path.Combine(Repository.Root, "workflows"),
        };
        var app = VoltwrightServer.Build(change?.Invoke(options) ?? options);
        await app.StartAsync();
        var system = new RunningSystem(app, folder, await app.Services.GetRequiredService<OwnAuthority>().RootsAsync(CancellationToken.None));
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

    /// <summary>A station that speaks one of the protocols, by its name.</summary>
    public async Task<VirtualStation> AddStationAsync(string id, string protocol) => protocol switch
    {
        "mqtt" => await AddNativeStationAsync(id),
        Subprotocols.Ocpp201 => await AddOcpp2StationAsync(id, OcppVersion.V201),
        Subprotocols.Ocpp21 => await AddOcpp2StationAsync(id, OcppVersion.V21),
        _ => await AddOcppStationAsync(id),
    };

    public async Task<Ocpp2Station> AddOcpp2StationAsync(
        string id, OcppVersion version, int slots = 2, Func<OcppStationOptions, OcppStationOptions>? change = null)
    {
        await RegisterAsync(id, Subprotocols.Of(version), slots);
        var options = new OcppStationOptions { Id = id, Endpoint = Ocpp, Secret = Secret, Connectors = slots };
        var station = new Ocpp2Station(
            change?.Invoke(options) ?? options, version, new Simulator.SimulationClock(TimeProvider.System, 60));
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

    public async Task<RawStation> AddRawStationAsync(string id, int slots = 2, string protocol = Subprotocols.Ocpp16)
    {
        await RegisterAsync(id, protocol, slots);
        var station = await RawStation.ConnectAsync(Ocpp, id, Secret, null, Roots, protocol);
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

    /// <summary>Charges with a new card at the station's first slot, ends and pays it.</summary>
    public async Task ChargeAndPayAsync(VirtualStation station, string cardId, int wattHours = 200)
    {
        await AddCardAsync(cardId);
        await station.PlugInAsync(1);
        await station.TapAsync(cardId, 1);
        await station.WaitForEnergyAsync(1, wattHours);
        var session = (await SessionAsync(Uri.EscapeDataString(cardId), "charging"))["id"].AsString();
        await SendAsync(HttpMethod.Put, $"sessions/{session}/end", null);
        await SendAsync(HttpMethod.Put, $"sessions/{session}/pay", null);
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
