using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using Voltwright.Bench.Cluster;
using Voltwright.Jq;
using Voltwright.Simulator;
using Voltwright.Simulator.Mqtt;
using Voltwright.Simulator.Ocpp;
using Voltwright.Testing;

namespace Voltwright.EndToEnd.Cluster;

/// <summary>What is told to one node holds at the other; what they say to each other nobody else can say.</summary>
public sealed class SharingTests(ClusterFixture fixture) : IDisposable
{
    private const string Secret = "secret-of-a-native-station";
    private const string Adding = """
        document: {dsl: '1.0.0', namespace: tests, name: adding, version: '1.0.0'}
        do:
          - add: {set: {sum: '${ .a + .b }'}}
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nodes_WithCertificates_AreOneSystemAndClosedToOthers()
    {
        var certificates = new NodeCertificates(_folder);
        await using var cluster = await fixture.StartAsync(2, certificates.Options);
        using var first = Client(cluster.Nodes[0], NodeProcess.AdministratorKey);
        using var second = Client(cluster.Nodes[1], NodeProcess.AdministratorKey);

        await KeysHoldEverywhereAsync(cluster, first);
        await WorkflowsRunEverywhereAsync(first, second);
        await CardsAndTariffsHoldEverywhereAsync(first, second);
        await CommandsReachANativeStationAsync(cluster, first, second);
        await StationsAreKnownFromEachNodeAsync(cluster, first);
        await AssertClosedAsync(cluster.Nodes[0].SiloPort);
    }

    private static async Task KeysHoldEverywhereAsync(ClusterUnderTest cluster, HttpClient first)
    {
        var made = await SendAsync(first, HttpMethod.Post, "/api/v2/keys", new { name = "reader", role = "read-only" });
        using var reader = Client(cluster.Nodes[1], made["secret"].AsString());
        await SendAsync(reader, HttpMethod.Get, "/api/v2/stations");

        await SendAsync(first, HttpMethod.Delete, $"/api/v2/keys/{made["id"].AsString()}");

        await UntilAsync(
            async () => (await reader.GetAsync(new Uri("/api/v2/stations", UriKind.Relative))).StatusCode == HttpStatusCode.Unauthorized,
            "a key that one node took away is refused by the other");
    }

    private static async Task WorkflowsRunEverywhereAsync(HttpClient first, HttpClient second)
    {
        using var text = new StringContent(Adding, System.Text.Encoding.UTF8, "application/yaml");
        using var deployed = await first.PostAsync(new Uri("/api/v2/workflows", UriKind.Relative), text);
        Assert.True(deployed.IsSuccessStatusCode, await deployed.Content.ReadAsStringAsync());

        foreach (var node in (HttpClient[])[second, first, second])
        {
            await UntilAsync(
                async () => (await node.GetAsync(new Uri("/api/v2/workflows/tests/adding", UriKind.Relative))).IsSuccessStatusCode,
                "a workflow that one node deployed is known to the other");
            var run = await SendAsync(node, HttpMethod.Post, "/api/v2/workflows/tests/adding/runs", new { a = 1, b = 2 });
            await UntilAsync(
                async () => (await SendAsync(first, HttpMethod.Get, $"/api/v2/runs/{run["id"].AsString()}"))["status"] == "completed",
                "a run is seen to its end from any node");
        }
    }

    private static async Task CardsAndTariffsHoldEverywhereAsync(HttpClient first, HttpClient second)
    {
        await SendAsync(first, HttpMethod.Post, "/api/v2/cards", new { id = "SHARED", status = "active" });
        await SendAsync(second, HttpMethod.Patch, "/api/v2/cards/SHARED", new { status = "blocked" });
        await SendAsync(second, HttpMethod.Put, "/api/v2/tariffs/default", new { currency = "EUR", perKwh = 7 });

        Assert.True((await SendAsync(first, HttpMethod.Get, "/api/v2/cards/SHARED"))["status"] == "blocked");
        Assert.True((await SendAsync(first, HttpMethod.Get, "/api/v2/tariffs/default"))["perKwh"] == 7);
    }

    private static async Task CommandsReachANativeStationAsync(ClusterUnderTest cluster, HttpClient first, HttpClient second)
    {
        await SendAsync(first, HttpMethod.Post, "/api/v2/stations", new { id = "NATIVE", protocol = "mqtt", slots = 1, secret = Secret });
        await using var station = new MqttStation(
            new MqttStationOptions { Id = "NATIVE", Host = "127.0.0.1", Port = cluster.Nodes[1].MqttPort, Secret = Secret, Slots = 1 },
            new SimulationClock(TimeProvider.System, 1));
        await station.StartAsync();

        foreach (var node in (HttpClient[])[first, second])
            await SendAsync(node, HttpMethod.Post, "/api/v2/stations/NATIVE/leds/main", new { action = "on", color = "blue" });
    }

    /// <summary>A station of the second node, asked about at the first: its line, its cards, its log.</summary>
    private static async Task StationsAreKnownFromEachNodeAsync(ClusterUnderTest cluster, HttpClient first)
    {
        await SendAsync(first, HttpMethod.Post, "/api/v2/stations", new { id = "ELSEWHERE", protocol = "ocpp1.6", slots = 1, secret = Secret });
        await using var station = new OcppStation(
            new OcppStationOptions { Id = "ELSEWHERE", Endpoint = new Uri($"ws://{cluster.Nodes[1].Address.Authority}/ocpp"), Secret = Secret, Connectors = 1 },
            new SimulationClock(TimeProvider.System, 1));
        await station.StartAsync();

        Assert.False((await SendAsync(first, HttpMethod.Get, "/api/v2/stations/ELSEWHERE/health"))["line"]["silentSeconds"].IsNull);

        await SendAsync(first, HttpMethod.Post, "/api/v2/cards", new { id = "LOST", status = "active" });
        await SendAsync(first, HttpMethod.Delete, "/api/v2/cards/LOST");
        await UntilAsync(
            async () => !(await SendAsync(first, HttpMethod.Get, "/api/v2/stations/ELSEWHERE/card-list"))["cacheClearedAt"].IsNull,
            "a station forgets a card that was withdrawn at another node");

        var asked = await SendAsync(first, HttpMethod.Post, "/api/v2/stations/ELSEWHERE/logs", new { kind = "diagnostics" });
        var path = $"/api/v2/logs/{asked["id"].AsString()}";
        var files = JsonValue.Null;
        await UntilAsync(
            async () => (files = (await SendAsync(first, HttpMethod.Get, path))["files"]).AsArray().Count > 0,
            "a log comes to the node that the station is connected to");
        Assert.NotEmpty(await first.GetByteArrayAsync(new Uri($"{path}/files/{files.AsArray()[0]["name"].AsString()}", UriKind.Relative)));
    }

    /// <summary>Whoever has no certificate of the cluster gets no word out of a node.</summary>
    private static async Task AssertClosedAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await using var stream = new SslStream(client.GetStream(), false, (_, shown, _, _) => shown is not null);
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await stream.AuthenticateAsClientAsync("voltwright").WaitAsync(Patience);
            if (await stream.ReadAsync(new byte[1]).AsTask().WaitAsync(Patience) == 0)
                throw new IOException("The node hung up.");
        });
    }

    private static HttpClient Client(NodeProcess node, string key)
    {
        var client = new HttpClient { BaseAddress = node.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private static async Task<JsonValue> SendAsync(HttpClient client, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? JsonValue.Null : JsonValue.Parse(text);
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"Waited {Patience.TotalSeconds} s until {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }
}
