using System.Net.WebSockets;
using System.Text.Json;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V16;

namespace Voltwright.Ocpp.Tests.Connection;

public class OcppPeerCallTests
{
    static readonly ResetRequest Reset = new() { Type = ResetType.Soft };

    [Fact]
    public async Task Call_Answered_GivesTheRecord()
    {
        await using var talk = await Conversation.OpenAsync();
        var calling = talk.Peer.CallAsync(Reset);

        var call = await talk.HearFrameAsync();
        Assert.Equal(("Reset", """{"type":"Soft"}"""), (call[2].GetString(), call[3].GetRawText()));
        await talk.SayAsync($$"""[3,"{{call[1]}}",{"status":"Accepted"}]""");

        var answered = Assert.IsType<CallOutcome<ResetResponse>.Answered>(await calling);
        Assert.Equal(ResetStatus.Accepted, answered.Response.Status);
    }

    [Fact]
    public async Task Call_AnsweredWithAnError_IsRefusedAsTheOtherEndSaid()
    {
        await using var talk = await Conversation.OpenAsync();
        var calling = talk.Peer.CallAsync(Reset);

        await talk.SayAsync($$"""[4,"{{(await talk.HearFrameAsync())[1]}}","NotSupported","no button",{"a":1}]""");

        var refused = Assert.IsType<CallOutcome<ResetResponse>.Refused>(await calling);
        Assert.Equal(("NotSupported", "no button"), (refused.Code, refused.Description));
    }

    [Theory]
    [InlineData("""{"status":"Perhaps"}""", "PropertyConstraintViolation")]
    [InlineData("{}", "OccurenceConstraintViolation")]
    [InlineData("[]", "FormationViolation")]
    public async Task Call_AnsweredAgainstItsSchema_IsRefusedByThisEnd(string payload, string code)
    {
        await using var talk = await Conversation.OpenAsync();
        var calling = talk.Peer.CallAsync(Reset);

        await talk.SayAsync($$"""[3,"{{(await talk.HearFrameAsync())[1]}}",{{payload}}]""");

        Assert.Equal(code, Assert.IsType<CallOutcome<ResetResponse>.Refused>(await calling).Code);
    }

    [Fact]
    public async Task RawCall_WithAnyPayload_IsSentAsItIs()
    {
        await using var talk = await Conversation.OpenAsync();
        var calling = talk.Peer.CallRawAsync("Dance", JsonElement.Parse("""{"steps":[1,2]}"""));

        var call = await talk.HearFrameAsync();
        Assert.Equal("""{"steps":[1,2]}""", call[3].GetRawText());
        await talk.SayAsync($$"""[3,"{{call[1]}}",{"applause":true}]""");

        Assert.Equal("""{"applause":true}""", Assert.IsType<CallOutcome<JsonElement>.Answered>(await calling).Response.GetRawText());
    }

    [Fact]
    public async Task Call_ToAMuteStation_TimesOutAndTheNextGoesOut()
    {
        await using var talk = await Conversation.OpenAsync();
        var first = talk.Peer.CallAsync(Reset);
        var late = await talk.HearFrameAsync();

        talk.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.IsType<CallOutcome<ResetResponse>.TimedOut>(await first.WaitAsync(Conversation.Patience));

        var second = talk.Peer.CallAsync(new ClearCacheRequest());
        var call = await talk.HearFrameAsync();
        await talk.SayAsync($$"""[3,"{{late[1]}}",{"status":"Rejected"}]""");
        await talk.SayAsync($$"""[3,"{{call[1]}}",{"status":"Accepted"}]""");
        Assert.Equal(ClearCacheStatus.Accepted, Assert.IsType<CallOutcome<ClearCacheResponse>.Answered>(await second).Response.Status);
    }

    [Fact]
    public async Task Calls_InParallel_GoOutOneAtATime()
    {
        await using var talk = await Conversation.OpenAsync();
        var calls = Enumerable.Range(0, 10).Select(_ => talk.Peer.CallAsync(Reset)).ToArray();

        for (var answered = 0; answered < calls.Length; answered++)
        {
            var call = await talk.HearFrameAsync();
            Assert.InRange(calls.Count(task => task.IsCompleted), 0, answered);
            await talk.SayAsync($$"""[3,"{{call[1]}}",{"status":"Accepted"}]""");
        }

        Assert.All(await Task.WhenAll(calls), outcome => Assert.IsType<CallOutcome<ResetResponse>.Answered>(outcome));
    }

    [Fact]
    public async Task Calls_BeyondTheQueue_AreRefusedAtOnce()
    {
        await using var talk = await Conversation.OpenAsync(options: new PeerOptions { MaxWaitingCalls = 2 });
        var waiting = new[] { talk.Peer.CallAsync(Reset), talk.Peer.CallAsync(Reset) };

        Assert.IsType<CallOutcome<ResetResponse>.Refused>(await talk.Peer.CallAsync(Reset));

        Assert.DoesNotContain(waiting, call => call.IsCompleted);
    }

    [Fact]
    public async Task Calls_WhenTheLineBreaks_AreDisconnected()
    {
        await using var talk = await Conversation.OpenAsync();
        var calls = new[] { talk.Peer.CallAsync(Reset), talk.Peer.CallAsync(Reset) };
        await talk.HearFrameAsync();

        talk.Station.Abort();

        Assert.All(await Task.WhenAll(calls), outcome => Assert.IsType<CallOutcome<ResetResponse>.Disconnected>(outcome));
        Assert.IsType<CallOutcome<ResetResponse>.Disconnected>(await talk.Peer.CallAsync(Reset));
        Assert.IsType<PeerClosing.Lost>(await talk.Running);
    }

    [Fact]
    public async Task Call_GivenUpByItsCaller_FreesTheTurn()
    {
        await using var talk = await Conversation.OpenAsync();
        using var giveUp = new CancellationTokenSource();
        var first = talk.Peer.CallAsync(Reset, cancellation: giveUp.Token);
        await talk.HearFrameAsync();

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _ = talk.Peer.CallAsync(Reset);
        Assert.Equal("Reset", (await talk.HearFrameAsync())[2].GetString());
    }

    [Fact]
    public async Task Close_ByTheStation_IsAgreedTo()
    {
        await using var talk = await Conversation.OpenAsync();

        await talk.Station.CloseAsync(WebSocketCloseStatus.NormalClosure, "good night", CancellationToken.None);

        Assert.Equal(new PeerClosing.ByPeer(1000, "good night"), await talk.Running);
    }

    [Fact]
    public async Task Close_ByUs_SaysWhyAndEnds()
    {
        await using var talk = await Conversation.OpenAsync();
        var closing = talk.Peer.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "restarting");

        Assert.Null(await talk.HearAsync());
        Assert.Equal("restarting", talk.Station.CloseStatusDescription);
        await talk.Station.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);

        await closing.WaitAsync(Conversation.Patience);
        Assert.Equal(new PeerClosing.ByUs("restarting"), await talk.Running);
    }

    [Fact]
    public async Task Close_IgnoredByTheStation_EndsAnyway()
    {
        await using var talk = await Conversation.OpenAsync();
        var closing = talk.Peer.CloseAsync(reason: "bye");
        Assert.Null(await talk.HearAsync());

        talk.Time.Advance(TimeSpan.FromSeconds(4));

        await closing.WaitAsync(Conversation.Patience);
        Assert.Equal(new PeerClosing.ByUs("bye"), await talk.Running.WaitAsync(Conversation.Patience));
    }

    [Fact]
    public async Task Station_ThatStopsReading_IsDropped()
    {
        var sending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var talk = await Conversation.OpenAsync(options: new PeerOptions { Observe = (_, _) => sending.TrySetResult() });
        var large = JsonElement.Parse($"\"{new string('x', 64 << 20)}\"");
        var call = talk.Peer.CallRawAsync("DataTransfer", large, TimeSpan.FromHours(1));
        await sending.Task;

        talk.Time.Advance(TimeSpan.FromSeconds(16));

        Assert.Contains("stopped reading", Assert.IsType<PeerClosing.Lost>(await talk.Running.WaitAsync(Conversation.Patience)).Reason);
        Assert.IsType<CallOutcome<JsonElement>.Disconnected>(await call.WaitAsync(Conversation.Patience));
    }
}
