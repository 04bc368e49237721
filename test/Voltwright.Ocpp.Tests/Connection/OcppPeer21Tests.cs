using System.Collections.Concurrent;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.Tests.Connection;

/// <summary>The frames that 2.1 has beyond its elders.</summary>
public class OcppPeer21Tests
{
    const string Stream =
        """{"data":[{"t":0,"v":"7"}],"id":1,"pending":0,"basetime":"2026-01-01T00:00:00.000Z"}""";

    readonly ConcurrentQueue<string> _seen = [];

    [Fact]
    public async Task Send_OfAMessageWithoutAnswer_IsASendFrame()
    {
        await using var talk = await Conversation.OpenAsync(protocol: Ocpp21.Protocol);

        var sent = await talk.Peer.SendAsync(new NotifyPeriodicEventStreamRequest
        {
            Data = [new StreamDataElement { T = 0, V = "7" }],
            Id = 1,
            Pending = 0,
            Basetime = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        });

        var frame = await talk.HearFrameAsync();
        Assert.True(sent);
        Assert.Equal((6, "NotifyPeriodicEventStream", Stream), (frame[0].GetInt32(), frame[2].GetString(), frame[3].GetRawText()));
    }

    [Fact]
    public async Task Send_Received_IsServedAndNotAnswered()
    {
        await using var talk = await Conversation.OpenAsync(Table().For(0), protocol: Ocpp21.Protocol);

        await talk.SayAsync($"[6,\"a\",\"NotifyPeriodicEventStream\",{Stream}]");
        await talk.SayAsync("""[6,"b","Heartbeat",{}]""");
        await talk.SayAsync("""[6,"c","NotifyPeriodicEventStream",{"id":"wrong"}]""");
        await talk.SayAsync("""[2,"d","Heartbeat",{}]""");

        Assert.Equal("d", (await talk.HearFrameAsync())[1].GetString());
        Assert.Equal(["stream 1", "heartbeat"], _seen);
    }

    [Theory]
    [InlineData(OcppVersion.V201, false)]
    [InlineData(OcppVersion.V21, true)]
    public async Task Answer_ThatBreaksItsSchema_IsSaidSoIn21(OcppVersion version, bool isTold)
    {
        await using var talk = await Conversation.OpenAsync(protocol: version == OcppVersion.V21 ? Ocpp21.Protocol : Ocpp201.Protocol);
        var call = talk.Peer.CallAsync(new ClearCacheRequest());
        var id = (await talk.HearFrameAsync())[1].GetString();

        await talk.SayAsync($"[3,\"{id}\",{{\"status\":7}}]");
        var refused = Assert.IsType<CallOutcome<ClearCacheResponse>.Refused>(await call.WaitAsync(Conversation.Patience));
        await talk.SayAsync("""[2,"next","Fly",{}]""");

        var heard = await talk.HearFrameAsync();
        Assert.Equal("TypeConstraintViolation", refused.Code);
        Assert.Equal(
            isTold ? (5, id, "TypeConstraintViolation") : (4, "next", "NotImplemented"),
            (heard[0].GetInt32(), heard[1].GetString(), heard[2].GetString()));
    }

    [Fact]
    public async Task ResultError_Received_IsToldToWhoeverWatches()
    {
        var told = new TaskCompletionSource<string>();
        var options = new PeerOptions { ObserveFailure = (what, failure) => told.TrySetResult($"{what}: {failure.Message}") };
        await using var talk = await Conversation.OpenAsync(Table().For(0), options, Ocpp21.Protocol);

        await talk.SayAsync("""[5,"a","TypeConstraintViolation","currentTime is a text",{}]""");

        Assert.Equal("CALLRESULT: TypeConstraintViolation: currentTime is a text", await told.Task.WaitAsync(Conversation.Patience));
    }

    [Fact]
    public async Task Field_Of21_IsNotWrittenTo201()
    {
        foreach (var (protocol, written) in new[]
        {
            (Ocpp201.Protocol, """{"status":"Idle"}"""),
            (Ocpp21.Protocol, """{"status":"Idle","statusInfo":{"reasonCode":"Why"}}"""),
        })
        {
            await using var talk = await Conversation.OpenAsync(protocol: protocol);
            _ = talk.Peer.CallAsync(new LogStatusNotificationRequest
            {
                Status = UploadLogStatus.Idle,
                StatusInfo = new StatusInfo { ReasonCode = "Why" },
            });

            Assert.Equal(written, (await talk.HearFrameAsync())[3].GetRawText());
        }
    }

    HandlerTable<int> Table() => new HandlerTable<int>(Ocpp21.Protocol)
        .On<NotifyPeriodicEventStreamRequest, NoResponse>((_, request, _) =>
        {
            _seen.Enqueue($"stream {request.Id}");
            return Task.FromResult(new NoResponse());
        })
        .On<HeartbeatRequest, HeartbeatResponse>((_, _, _) =>
        {
            _seen.Enqueue("heartbeat");
            return Task.FromResult(new HeartbeatResponse { CurrentTime = default });
        });
}
