using System.Text;
using System.Text.Json;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V16;

namespace Voltwright.Ocpp.Tests.Connection;

/// <summary>What one connection may cost: queues, memory, time.</summary>
public class OcppPeerBoundsTests
{
    [Fact]
    public async Task Requests_BeyondTheQueue_WaitInTheLineAndNoneIsLost()
    {
        var release = new TaskCompletionSource();
        await using var talk = await Conversation.OpenAsync(
            async (_, payload, _) =>
            {
                await release.Task;
                return new OcppAnswer.Result(payload);
            },
            new PeerOptions { MaxWaitingRequests = 2 });

        for (var call = 0; call < 50; call++) await talk.SayAsync($$"""[2,"{{call}}","Any",{"n":{{call}}}]""");
        release.SetResult();

        for (var call = 0; call < 50; call++) Assert.Equal($$"""[3,"{{call}}",{"n":{{call}}}]""", await talk.HearAsync());
    }

    [Fact]
    public async Task Answer_BehindManyRequests_StillReachesItsCall()
    {
        await using var talk = await Conversation.OpenAsync();
        var calling = talk.Peer.CallAsync(new ClearCacheRequest());
        var call = await talk.HearFrameAsync();

        for (var beat = 0; beat < 20; beat++) await talk.SayAsync($$"""[2,"{{beat}}","Heartbeat",{}]""");
        await talk.SayAsync($$"""[3,"{{call[1]}}",{"status":"Accepted"}]""");

        Assert.IsType<CallOutcome<ClearCacheResponse>.Answered>(await calling.WaitAsync(Conversation.Patience));
    }

    [Fact]
    public async Task Message_InManyFragments_IsPutTogether()
    {
        await using var talk = await Conversation.OpenAsync();
        var bytes = Encoding.UTF8.GetBytes("""[2,"a","Heartbeat",{}]""");

        for (var at = 0; at < bytes.Length; at++)
        {
            await talk.Station.SendAsync(
                bytes.AsMemory(at, 1), System.Net.WebSockets.WebSocketMessageType.Text, at == bytes.Length - 1, CancellationToken.None);
        }

        Assert.StartsWith("""[3,"a",""", await talk.HearAsync());
    }

    [Fact]
    public async Task Message_OfExactlyTheLimit_IsRead()
    {
        const int Limit = 4096;
        const string Frame = """[2,"a","Any",{"x":""}]""";
        await using var talk = await Conversation.OpenAsync(
            (_, _, _) => Task.FromResult<OcppAnswer>(new OcppAnswer.Result(JsonElement.Parse("{}"))),
            new PeerOptions { MaxMessageBytes = Limit });
        var text = Frame.Replace("\"\"", $"\"{new string('x', Limit - Frame.Length)}\"");

        await talk.SayAsync(text);
        Assert.Equal("""[3,"a",{}]""", await talk.HearAsync());

        await talk.SayAsync(text.Replace("\"}]", "x\"}]"));
        Assert.Equal(4, (await talk.HearFrameAsync())[0].GetInt32());
    }

    [Fact]
    public async Task Silence_OfTheOtherEnd_IsMeasuredFromItsLastMessage()
    {
        await using var talk = await Conversation.OpenAsync();
        talk.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(TimeSpan.FromMinutes(5), talk.Peer.Silence);

        await talk.SayAsync("""[2,"a","Heartbeat",{}]""");
        await talk.HearAsync();

        Assert.Equal(TimeSpan.Zero, talk.Peer.Silence);
    }

    [Fact]
    public async Task Observer_OfAConnection_SeesBothDirectionsAsTheyAre()
    {
        var seen = new List<string>();
        await using var talk = await Conversation.OpenAsync(options: new PeerOptions
        {
            Observe = (direction, frame) => seen.Add($"{direction} {Encoding.UTF8.GetString(frame.Span)}"),
        });

        await talk.SayAsync(""" [2,"a","Heartbeat",{}] """);
        await talk.HearAsync();

        Assert.Equal(
            ["""Received  [2,"a","Heartbeat",{}] """, """Sent [3,"a",{"currentTime":"1970-01-01T00:00:00.000Z"}]"""],
            seen);
    }

    [Fact]
    public async Task Id_LongerThanAllowed_IsEchoedWithinReason()
    {
        await using var talk = await Conversation.OpenAsync();
        var (tooLong, absurd) = (new string('i', 40), new string('i', 5_000));

        await talk.SayAsync($$"""[2,"{{tooLong}}","Heartbeat",{}]""");
        await talk.SayAsync($$"""[2,"{{absurd}}","Heartbeat",{}]""");

        Assert.Equal(tooLong, (await talk.HearFrameAsync())[1].GetString());
        Assert.Equal(OcppPeer.UnknownId, (await talk.HearFrameAsync())[1].GetString());
    }
}
