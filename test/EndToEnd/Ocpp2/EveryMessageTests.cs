using System.Text;
using System.Text.Json;
using Voltwright.Jq;
using Voltwright.Ocpp;
using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V21;
using Voltwright.Testing;

namespace Voltwright.EndToEnd.Ocpp2;

/// <summary>Every message of every version, both ways, between the real server and a station; answers conform to their schemas.</summary>
public sealed class EveryMessageTests
{
    // They end the connection: at once, and when the firmware is installed.
    private static readonly string[] LastOfAll = ["Reset", "SignedUpdateFirmware", "UpdateFirmware"];

    [Theory]
    [InlineData(OcppVersion.V16)]
    [InlineData(OcppVersion.V201)]
    [InlineData(OcppVersion.V21)]
    public async Task Messages_OfStations_AreAnsweredAsSpecified(OcppVersion version)
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var protocol = ProtocolOf(version);
        var station = await system.AddRawStationAsync("CP1", protocol: protocol.Subprotocol);
        foreach (var message in protocol.Messages.Where(m => m.Sender != Sender.ManagementSystem && m.IsAnswered))
        {
            foreach (var everything in new[] { true, false })
            {
                var payload = new SamplePayload(seed: 1, everything).Of(message.Request).ToJsonString();
                var answer = await station.CallAsync(message.Action, payload);
                Assert.Empty(message.Response.Check(JsonElement.Parse(answer.ToUtf8()), Lenience.None));
            }
        }

        Schemas.AssertAnswersConform(station);
    }

    [Theory]
    [InlineData(OcppVersion.V16)]
    [InlineData(OcppVersion.V201)]
    [InlineData(OcppVersion.V21)]
    public async Task Commands_OfTheVersion_ReachAStationAndItsAnswerConforms(OcppVersion version)
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var protocol = ProtocolOf(version);
        var station = await system.AddStationAsync("CP1", protocol.Subprotocol);
        await system.EventuallyAsync("stations/CP1", "connected", s => s["connected"] == true);
        var served = ConformanceDocumentTests.ServedByTheSimulator(version);
        foreach (var message in protocol.Messages.Where(m => m.Sender != Sender.Station).OrderBy(m => Array.IndexOf(LastOfAll, m.Action)))
        {
            await station.WaitForConnectionAsync(true);
            await system.EventuallyAsync("stations/CP1", "connected", s => s["connected"] == true);
            var payload = new SamplePayload(seed: 2, everything: false).Of(message.Request).ToJsonString();
            var gone = message.Action == "Reset" ? station.WaitForConnectionAsync(false) : Task.CompletedTask;
            var (status, answer) = await CommandAsync(system, message.Action, payload);
            await gone;
            if (served.Contains(message.Action))
            {
                Assert.True(status == 200, $"{message.Action} {payload}: {status} {answer}");
                Assert.Empty(message.Response.Check(JsonElement.Parse(answer["answer"].ToUtf8()), Lenience.None));
            }
            else
            {
                Assert.Contains("NotSupported", answer["detail"].AsString(), StringComparison.Ordinal);
            }
        }

        Assert.Empty(station.Traffic.Violations);
    }

    internal static OcppProtocol ProtocolOf(OcppVersion version) => version switch
    {
        OcppVersion.V16 => Ocpp16.Protocol,
        OcppVersion.V201 => Ocpp201.Protocol,
        _ => Ocpp21.Protocol,
    };

    private static async Task<(int Status, JsonValue Answer)> CommandAsync(RunningSystem system, string action, string payload)
    {
        using var body = new StringContent($$"""{"action":"{{action}}","payload":{{payload}}}""", Encoding.UTF8, "application/json");
        using var response = await system.Http.PostAsync("/api/v2/stations/CP1/commands", body);
        return ((int)response.StatusCode, JsonValue.Parse(await response.Content.ReadAsStringAsync()));
    }
}
