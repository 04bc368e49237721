using System.Net.WebSockets;
using System.Text.Json;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V16;

namespace Voltwright.Ocpp.Tests.Connection;

public class OcppPeerRequestTests
{
    [Fact]
    public async Task Call_WithAHandler_IsAnswered()
    {
        await using var talk = await Conversation.OpenAsync();

        await talk.SayAsync("""[2,"a","Heartbeat",{}]""");

        Assert.Equal("""[3,"a",{"currentTime":"1970-01-01T00:00:00.000Z"}]""", await talk.HearAsync());
    }

    [Theory]
    [InlineData("""[2,"a","Dance",{}]""", "a", "NotImplemented")]
    [InlineData("""[2,"a","heartbeat",{}]""", "a", "NotImplemented")]
    [InlineData("""[2,"a","Reset",{"type":"Hard"}]""", "a", "NotSupported")]
    [InlineData("""[2,"a","Heartbeat",{"x":1}]""", "a", "FormationViolation")]
    [InlineData("""[2,"a","Heartbeat"]""", "a", "FormationViolation")]
    [InlineData("""[2,"a","Heartbeat",{}""", "a", "FormationViolation")]
    [InlineData("hello", "-1", "FormationViolation")]
    [InlineData("", "-1", "FormationViolation")]
    public async Task Call_ThatCannotBeServed_GetsItsErrorAndTheConnectionLives(string call, string id, string code)
    {
        await using var talk = await Conversation.OpenAsync();

        await talk.SayAsync(call);

        var error = await talk.HearFrameAsync();
        Assert.Equal((4, id, code), (error[0].GetInt32(), error[1].GetString(), error[2].GetString()));
        Assert.NotEqual("", error[3].GetString());
        Assert.Equal(JsonValueKind.Object, error[4].ValueKind);
        await AssertAliveAsync(talk);
    }

    [Fact]
    public async Task Call_WithWrongPayload_IsToldEveryProblem()
    {
        await using var talk = await Conversation.OpenAsync(new HandlerTable<int>(Ocpp16.Protocol)
            .On<AuthorizeRequest, AuthorizeResponse>((_, _, _) => throw new InvalidOperationException("must not be reached")).For(0));

        await talk.SayAsync("""[2,"a","Authorize",{"IdTag":"x"}]""");

        var error = await talk.HearFrameAsync();
        Assert.Equal("OccurenceConstraintViolation", error[2].GetString());
        Assert.Equal("IdTag: there is no such field; idTag: the field is required", error[3].GetString());
        Assert.Equal(2, error[4].GetProperty("problems").GetArrayLength());
    }

    [Fact]
    public async Task Frame_OfUnknownType_IsIgnored()
    {
        await using var talk = await Conversation.OpenAsync();

        await talk.SayAsync("""[9,"a",{}]""");

        await AssertAliveAsync(talk);
    }

    [Fact]
    public async Task Answer_ToNoCall_IsIgnored()
    {
        await using var talk = await Conversation.OpenAsync();

        await talk.SayAsync("""[3,"a",{}]""");
        await talk.SayAsync("""[4,"a","GenericError","",{}]""");
        await talk.SayAsync("""[3,"a"]""");

        await AssertAliveAsync(talk);
    }

    [Fact]
    public async Task Message_BeyondTheLimit_IsRefusedByItsIdAndTheConnectionLives()
    {
        await using var talk = await Conversation.OpenAsync();

        await talk.SayAsync($$"""[2,"big","DataTransfer",{"vendorId":"v","data":"{{new string('x', 1 << 20)}}"}]""");

        var error = await talk.HearFrameAsync();
        Assert.Equal(("big", "FormationViolation"), (error[1].GetString(), error[2].GetString()));
        Assert.Contains("at most 262144 are read", error[3].GetString());
        await AssertAliveAsync(talk);
    }

    [Fact]
    public async Task Message_WithoutEnd_ClosesTheConnection()
    {
        await using var talk = await Conversation.OpenAsync(
            options: new PeerOptions { MaxMessageBytes = 1000, MaxSkippedBytes = 10_000, CloseTimeout = TimeSpan.FromMilliseconds(1) });
        for (var part = 0; part < 20; part++)
            await talk.Station.SendAsync(new byte[1000], WebSocketMessageType.Binary, endOfMessage: false, CancellationToken.None);

        Assert.Null(await talk.HearAsync());
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, talk.Station.CloseStatus);
    }

    [Fact]
    public async Task Message_ThatIsBinary_IsRefused()
    {
        await using var talk = await Conversation.OpenAsync();

        await talk.SayAsync("""[2,"a","Heartbeat",{}]"""u8.ToArray(), WebSocketMessageType.Binary);

        Assert.Equal("FormationViolation", (await talk.HearFrameAsync())[2].GetString());
        await AssertAliveAsync(talk);
    }

    [Fact]
    public async Task Handler_ThatThrows_AnswersInternalErrorWithoutItsText()
    {
        Exception? seen = null;
        await using var talk = await Conversation.OpenAsync(
            (_, _, _) => throw new InvalidOperationException("the password is 1234"),
            new PeerOptions { ObserveFailure = (_, failure) => seen = failure });

        await talk.SayAsync("""[2,"a","Heartbeat",{}]""");

        Assert.Equal("""[4,"a","InternalError","Heartbeat failed",{}]""", await talk.HearAsync());
        Assert.IsType<InvalidOperationException>(seen);
    }

    [Fact]
    public async Task Call_RepeatedWhileInProgress_IsHandledOnceAndAnsweredTwice()
    {
        var (handled, release) = (0, new TaskCompletionSource());
        await using var talk = await Conversation.OpenAsync(async (_, _, _) =>
        {
            handled++;
            await release.Task;
            return new OcppAnswer.Result(JsonElement.Parse("{}"));
        });

        await talk.SayAsync("""[2,"a","StartTransaction",{"x":1}]""");
        await talk.SayAsync("""[2,"a","StartTransaction",{ "x" : 1 }]""");
        await talk.SayAsync("""[2,"a","StartTransaction",{"x":2}]""");

        Assert.Equal("ProtocolError", (await talk.HearFrameAsync())[2].GetString());
        release.SetResult();
        Assert.Equal("""[3,"a",{}]""", await talk.HearAsync());
        Assert.Equal("""[3,"a",{}]""", await talk.HearAsync());
        Assert.Equal(1, handled);
    }

    [Fact]
    public async Task Calls_SentWithoutWaiting_AreServedInOrder()
    {
        var running = 0;
        await using var talk = await Conversation.OpenAsync(async (action, _, _) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return new OcppAnswer.Result(JsonElement.Parse($"\"{action}\""));
        });

        for (var call = 0; call < 200; call++) await talk.SayAsync($$"""[2,"{{call}}","A{{call}}",{}]""");

        for (var call = 0; call < 200; call++) Assert.Equal($"""[3,"{call}","A{call}"]""", await talk.HearAsync());
    }

    static async Task AssertAliveAsync(Conversation talk)
    {
        await talk.SayAsync("""[2,"alive","Heartbeat",{}]""");
        Assert.StartsWith("""[3,"alive",""", await talk.HearAsync());
    }
}
