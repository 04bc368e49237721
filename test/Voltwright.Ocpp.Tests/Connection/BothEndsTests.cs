using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.Tests.Connection;

public class BothEndsTests
{
    [Fact]
    public async Task Peers_CallingEachOtherAtOnce_BothGetEveryAnswer()
    {
        var seen = 0;
        var (stationSocket, serverSocket) = await SocketPair.OpenAsync();
        var counting = new PeerOptions { Observe = (_, _) => Interlocked.Increment(ref seen) };
        await using var server = new OcppPeer(serverSocket, Ocpp16.Protocol, Conversation.Heartbeats().For(0), counting);
        await using var station = new OcppPeer(stationSocket, Ocpp16.Protocol, Unlocking().For("CP1"));
        var running = Task.WhenAll(server.RunAsync(), station.RunAsync());

        var beats = Enumerable.Range(0, 50).Select(_ => station.CallAsync(new HeartbeatRequest())).ToArray();
        var unlocks = Enumerable.Range(1, 50).Select(n => server.CallAsync(new UnlockConnectorRequest { ConnectorId = n })).ToArray();

        Assert.All(await Task.WhenAll(beats), beat => Assert.IsType<CallOutcome<HeartbeatResponse>.Answered>(beat));
        Assert.All(await Task.WhenAll(unlocks), unlock => Assert.IsType<CallOutcome<UnlockConnectorResponse>.Answered>(unlock));
        Assert.Equal(200, seen);
        await server.CloseAsync();
        await running.WaitAsync(Conversation.Patience);
    }

    [Fact]
    public async Task Optional_Fields_AreAbsentOnTheWire()
    {
        await using var talk = await Conversation.OpenAsync();
        _ = talk.Peer.CallAsync(new RemoteStartTransactionRequest
        {
            IdTag = "TAG",
            ChargingProfile = new ChargingProfile
            {
                ChargingProfileId = 1,
                StackLevel = 0,
                ChargingProfilePurpose = ChargingProfilePurposeType.TxProfile,
                ChargingProfileKind = ChargingProfileKindType.Relative,
                ChargingSchedule = new ChargingSchedule
                {
                    ChargingRateUnit = ChargingRateUnitType.W,
                    ChargingSchedulePeriod = [new ChargingSchedulePeriod { StartPeriod = 0, Limit = 11000.5m }],
                },
            },
        });

        Assert.Equal(
            """
            {"idTag":"TAG","chargingProfile":{"chargingProfileId":1,"stackLevel":0,"chargingProfilePurpose":"TxProfile",
            "chargingProfileKind":"Relative","chargingSchedule":{"chargingRateUnit":"W",
            "chargingSchedulePeriod":[{"startPeriod":0,"limit":11000.5}]}}}
            """.ReplaceLineEndings(""),
            (await talk.HearFrameAsync())[3].GetRawText());
    }

    static HandlerTable<string> Unlocking() => new HandlerTable<string>(Ocpp16.Protocol)
        .On<UnlockConnectorRequest, UnlockConnectorResponse>((_, _, _) =>
            Task.FromResult(new UnlockConnectorResponse { Status = UnlockStatus.Unlocked }));
}
