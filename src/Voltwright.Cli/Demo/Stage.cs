using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Voltwright.Cli.Commands;
using Voltwright.Gateway.Mqtt;
using Voltwright.Server;
using Voltwright.Simulator;
using Voltwright.Simulator.Mqtt;
using Voltwright.Simulator.Ocpp;

namespace Voltwright.Cli.Demo;

/// <summary>A server on free loopback ports with a database of its own, two stations connected to it, and three drivers' cards.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public const string Anna = "ANNA-01";
    public const string Ben = "BEN-02";
    public const string Carla = "CARLA-03";
    public const int PerKwhCents = 49;
    public const int SessionFeeCents = 100;
    public const int TaxPercent = 20;

    // An hour of charging passes in ten seconds; energy, power and time agree with each other.
    private const double Speed = 360;

    private readonly WebApplication _app;
    private readonly DirectoryInfo _data;

    private Stage(WebApplication app, DirectoryInfo data, string key)
    {
        (_app, _data) = (app, data);
        Address = VoltwrightServer.AddressOf(app);
        AdministratorKey = key;
        MqttPort = app.Services.GetRequiredService<MqttGateway>().Port;
        Api = new SupplierApi(Address, key);
        var clock = new SimulationClock(TimeProvider.System, Speed);
        Ocpp = new OcppStation(
            new OcppStationOptions { Id = "harbour", Endpoint = new Uri($"ws://{Address.Authority}/ocpp"), Secret = Secret("harbour"), Connectors = 2 }, clock);
        Native = new MqttStation(
            new MqttStationOptions { Id = "kiosk", Host = "127.0.0.1", Port = MqttPort, Secret = Secret("kiosk"), Slots = 1 }, clock);
    }

    public Uri Address { get; }

    public int MqttPort { get; }

    public string AdministratorKey { get; }

    public SupplierApi Api { get; }

    /// <summary>Two slots, OCPP 1.6J over WebSocket.</summary>
    public VirtualStation Ocpp { get; }

    /// <summary>One slot, CloudEvents over MQTT.</summary>
    public VirtualStation Native { get; }

    public static async Task<Stage> SetAsync(CancellationToken cancellation)
    {
        var data = Directory.CreateTempSubdirectory("voltwright-demo-");
        var key = Guid.NewGuid().ToString("N");
        var app = VoltwrightServer.Build(new ServerOptions
        {
            Urls = "http://127.0.0.1:0",
            MqttPort = 0,
            DataFolder = data.FullName,
            WorkflowsFolder = ServeCommand.ShippedWorkflows,
            AdministratorKey = key,
        });
        await app.StartAsync(cancellation);
        var stage = new Stage(app, data, key);
        await stage.FurnishAsync();
        await stage.Ocpp.StartAsync(cancellation);
        await stage.Native.StartAsync(cancellation);
        return stage;
    }

    public async ValueTask DisposeAsync()
    {
        await Ocpp.DisposeAsync();
        await Native.DisposeAsync();
        Api.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private async Task FurnishAsync()
    {
        await Api.PutAsync("api/v2/tariffs/default", new JsonObject
        {
            ["currency"] = "EUR", ["perKwh"] = PerKwhCents, ["sessionFee"] = SessionFeeCents, ["taxPercent"] = TaxPercent,
        });
        await Api.PostAsync("api/v2/stations", new JsonObject { ["id"] = "harbour", ["protocol"] = "ocpp1.6", ["slots"] = 2, ["secret"] = Secret("harbour") });
        await Api.PostAsync("api/v2/stations", new JsonObject { ["id"] = "kiosk", ["protocol"] = "mqtt", ["slots"] = 1, ["secret"] = Secret("kiosk") });
        foreach (var card in new[] { Anna, Ben, Carla })
            await Api.PostAsync("api/v2/cards", new JsonObject { ["id"] = card, ["status"] = "active" });
    }

    // Nobody else can know them: the key is new at every start.
    private string Secret(string station) => $"{station}-{AdministratorKey}";
}
