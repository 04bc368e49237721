using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Voltwright.Server;
using Voltwright.Testing;

namespace Voltwright.Cli.Tests;

public sealed class SimulateTests : IAsyncLifetime
{
    private const string Key = "key-of-the-tests";
    private const string Secret = "a secret of sixteen";

    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _server;
    private readonly HttpClient _http = new();

    public SimulateTests() => _server = VoltwrightServer.Build(new ServerOptions
    {
        Urls = "http://127.0.0.1:0",
        DataFolder = _folder.Path,
        MqttPort = null,
        AdministratorKey = Key,
    });

    private string Url => new UriBuilder(VoltwrightServer.AddressOf(_server)) { Scheme = "ws", Path = "/ocpp" }.Uri.ToString();

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync();
        _http.BaseAddress = VoltwrightServer.AddressOf(_server);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        foreach (var station in new[] { "SIM0001", "SIM0002", "SIM" })
            await PostAsync("stations", new() { ["id"] = station, ["protocol"] = "ocpp1.6", ["slots"] = 2, ["secret"] = Secret });
        foreach (var card in new[] { "SIM-CARD-0001", "SIM-CARD-0002", "TAG" })
            await PostAsync("cards", new() { ["id"] = card, ["status"] = "active" });
    }

    [Fact]
    public async Task Fleet_AgainstTheServer_ReportsItsSessionsAsJson()
    {
        var ended = await SimulateAsync("--stations", "2", "--duration", "2s", "--speed", "1000", "--seed", "7", "--json");

        Assert.True(ended.ExitCode == 0, ended.Output + ended.Messages);
        var report = JsonNode.Parse(ended.Output)!;
        Assert.Equal(2, (int)report["connected"]!);
        Assert.True((int)report["sessionsEnded"]! > 0);
        Assert.Equal((int)report["sessionsStarted"]!, (int)report["sessionsEnded"]!);
        Assert.Empty(report["violations"]!.AsArray());
    }

    [Fact]
    public async Task Script_OfOneStation_PlaysAndNamesALineThatFails()
    {
        var good = _folder.Write("good.jsonl",
            """
            {"do":"tap","card":"TAG","expect":{"answer":"Accepted"}}
            {"do":"plug-in","slot":1,"expect":{"slot":1,"status":"Charging"}}
            {"do":"unplug","slot":1}
            """);
        var bad = _folder.Write("bad.jsonl", """{"do":"tap","card":"STRANGER","expect":{"answer":"Accepted"}}""");

        var passed = await SimulateAsync("--script", good);
        var failed = await SimulateAsync("--script", bad);

        Assert.True(passed.ExitCode == 0, passed.Messages);
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains($"{bad}:1: expected the answer Accepted, not Invalid", failed.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--stations", "0", "--stations 0 is not a positive number")]
    [InlineData("--speed", "-1", "--speed lies above 0")]
    [InlineData("--duration", "soon", "'soon' is no duration")]
    [InlineData("--script", "/nowhere.jsonl", "cannot read '/nowhere.jsonl'")]
    [InlineData("--protocol", "carrier-pigeon", "carrier-pigeon")]
    public async Task Option_ThatCannotBeUsed_ExitsWithTwoAndSaysWhy(string option, string value, string why)
    {
        var ended = await SimulateAsync(option, value);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(why, ended.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Url_OfTheWrongKind_ExitsWithTwoAndSaysWhichIsRight()
    {
        var ended = await Executable.RunAsync("simulate", "--url", "http://127.0.0.1:1");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("is no ws:// or wss:// address", ended.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_WithAMistake_ExitsWithTwoAndNamesTheLine()
    {
        var script = _folder.Write("mistake.jsonl", "\n{\"do\":\"dance\"}\n");

        var ended = await SimulateAsync("--script", script);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("line 2: there is no step 'dance'", ended.Messages, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.StopAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private Task<Ended> SimulateAsync(params string[] arguments) =>
        Executable.RunAsync(["simulate", "--url", Url, "--secret", Secret, .. arguments]);

    private async Task PostAsync(string resource, JsonObject body)
    {
        using var response = await _http.PostAsJsonAsync($"api/v2/{resource}", body);
        response.EnsureSuccessStatusCode();
    }
}
