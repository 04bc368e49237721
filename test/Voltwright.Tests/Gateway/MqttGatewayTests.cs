using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Voltwright.Gateway;
using Voltwright.Jq;
using Voltwright.Stations;

namespace Voltwright.Tests.Gateway;

public sealed class MqttGatewayTests
{
    private const string CardScanned = """
        {"specversion":"1.0","id":"e-1","source":"/stations/M1","type":"com.ev-power-supplier.charging-station.card-scanned.v1","data":{"cardId":"TAG1"}}
        """;

    private readonly FakeStation _station = new("M1");

    [Theory]
    [InlineData("M1", "wrong")]
    [InlineData("M9", "secret")]
    [InlineData("M1/#", "secret")]
    [InlineData("+", "secret")]
    public async Task Client_ThatIsNotAdmitted_IsRefused(string user, string secret)
    {
        await using var host = await GatewayHost.StartAsync(_station);
        using var client = new MqttClientFactory().CreateMqttClient();

        var answer = await ConnectAsync(host, client, user, secret);

        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, answer.ResultCode);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V500)]
    [InlineData(MqttProtocolVersion.V311)]
    public async Task Event_OfAStation_ReachesItsGrainBeforeItIsAcknowledged(MqttProtocolVersion version)
    {
        await using var host = await GatewayHost.StartAsync(_station);
        using var client = new MqttClientFactory().CreateMqttClient();
        await ConnectAsync(host, client, version: version);

        var acknowledged = await client.PublishAsync(Message("stations/M1/events", CardScanned));

        Assert.True(acknowledged.IsSuccess);
        Assert.Equal("TAG1", _station.Single<CardFact>().CardId);
    }

    [Theory]
    [InlineData("stations/M2/events", CardScanned, MqttClientPublishReasonCode.NotAuthorized)]
    [InlineData("stations/M1/commands", CardScanned, MqttClientPublishReasonCode.NotAuthorized)]
    [InlineData("stations/M1/events", "{not json", MqttClientPublishReasonCode.PayloadFormatInvalid)]
    [InlineData("stations/M1/events", "{}", MqttClientPublishReasonCode.PayloadFormatInvalid)]
    public async Task Message_ThatIsWrong_IsRefusedAndTellsNothing(string topic, string payload, MqttClientPublishReasonCode reason)
    {
        await using var host = await GatewayHost.StartAsync(_station);
        using var client = new MqttClientFactory().CreateMqttClient();
        await ConnectAsync(host, client);

        var answer = await client.PublishAsync(Message(topic, payload));

        Assert.Equal(reason, answer.ReasonCode);
        Assert.Empty(_station.Told);
        Assert.True(client.IsConnected);
    }

    [Theory]
    [InlineData("stations/M2/commands")]
    [InlineData("stations/+/commands")]
    [InlineData("#")]
    public async Task Subscription_ToOthersTopics_IsRefused(string topic)
    {
        await using var host = await GatewayHost.StartAsync(_station);
        using var client = new MqttClientFactory().CreateMqttClient();
        await ConnectAsync(host, client);

        var answer = await client.SubscribeAsync(topic);

        Assert.Equal(MqttClientSubscribeResultCode.NotAuthorized, answer.Items.Single().ResultCode);
        Assert.Null(host.Links.Find("M1"));
    }

    [Fact]
    public async Task Command_Accepted_EndsWithTheStationsReply()
    {
        await using var host = await GatewayHost.StartAsync(_station);
        using var client = await ListeningAsync(host, command => """{"id":"ID","status":"accepted"}""");

        var outcome = await host.Links.SendAsync("M1", new StationCommand.SetLed("main", "flicker", "red", 3000), CancellationToken.None);

        Assert.IsType<CommandOutcome.Accepted>(outcome);
        Assert.Equal(
            JsonValue.Parse("""{"type":"set-led","data":{"led":"main","action":"flicker","color":"red","durationMs":3000}}"""),
            (JsonValue)(await _commands.Reader.ReadAsync()).AsObject().Without("id"));
    }

    [Theory]
    [InlineData("""{"id":"ID","status":"rejected","reason":"jammed"}""", typeof(CommandOutcome.Rejected))]
    [InlineData("""{"id":"ID"}""", typeof(CommandOutcome.Rejected))]
    [InlineData("""{"id":"ID","status":"unsupported"}""", typeof(CommandOutcome.Unsupported))]
    [InlineData("""{"id":"another","status":"accepted"}""", typeof(CommandOutcome.Silent))]
    public async Task Command_AnsweredOtherwise_SaysSo(string reply, Type outcome)
    {
        await using var host = await GatewayHost.StartAsync(
            _station, new GatewayOptions { CommandTimeout = TimeSpan.FromMilliseconds(300) });
        using var client = await ListeningAsync(host, _ => reply);

        Assert.IsType(outcome, await host.Links.SendAsync("M1", new StationCommand.UnlockSlot(1), CancellationToken.None));
    }

    [Fact]
    public async Task Command_WhenTheStationLeavesMeanwhile_EndsAsOffline()
    {
        await using var host = await GatewayHost.StartAsync(_station);
        using var client = await ListeningAsync(host, _ => null);

        var sent = host.Links.SendAsync("M1", new StationCommand.UnlockSlot(1), CancellationToken.None);
        await _commands.Reader.ReadAsync();
        client.Dispose();

        Assert.IsType<CommandOutcome.Offline>(await sent.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System));
        await _station.Awaits("disconnected");
        Assert.Null(host.Links.Find("M1"));
    }

    [Fact]
    public async Task Station_ThatConnectsAgain_TakesThePlaceOfItsOlderConnection()
    {
        await using var host = await GatewayHost.StartAsync(_station);
        using var older = await ListeningAsync(host, _ => null);
        var first = host.Links.Find("M1")!.LinkId;

        using var newer = await ListeningAsync(host, _ => """{"id":"ID","status":"accepted"}""", "other");
        await _station.Awaits("disconnected");

        Assert.NotEqual(first, host.Links.Find("M1")!.LinkId);
        Assert.IsType<CommandOutcome.Accepted>(await host.Links.SendAsync("M1", new StationCommand.UnlockSlot(1), CancellationToken.None));
    }

    [Fact]
    public async Task Command_ThatNativeStationsDoNotKnow_IsUnsupported()
    {
        await using var host = await GatewayHost.StartAsync(_station);
        using var client = await ListeningAsync(host, _ => null);

        Assert.IsType<CommandOutcome.Unsupported>(
            await host.Links.SendAsync("M1", new StationCommand.CancelReservation(1), CancellationToken.None));
        Assert.IsType<CommandOutcome.Unsupported>(
            await host.Links.Find("M1")!.SendRawAsync("Reset", JsonObject.Empty, CancellationToken.None));
    }

    private readonly Channel<JsonValue> _commands = Channel.CreateUnbounded<JsonValue>();

    private async Task<IMqttClient> ListeningAsync(GatewayHost host, Func<JsonValue, string?> reply, string clientId = "M1")
    {
        var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += async received =>
        {
            var command = JsonValue.Parse(received.ApplicationMessage.ConvertPayloadToString());
            if (reply(command) is { } answer)
                await client.PublishAsync(
                    Message("stations/M1/replies", answer.Replace("ID", command["id"].AsString(), StringComparison.Ordinal)));
            _commands.Writer.TryWrite(command);
        };
        var before = host.Links.Find("M1");
        await ConnectAsync(host, client, clientId: clientId);
        await client.SubscribeAsync("stations/M1/commands", MqttQualityOfServiceLevel.AtLeastOnce);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System);
        while (host.Links.Find("M1") is not { } link || link == before)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        return client;
    }

    private static Task<MqttClientConnectResult> ConnectAsync(
        GatewayHost host, IMqttClient client, string user = "M1", string secret = "secret",
        MqttProtocolVersion version = MqttProtocolVersion.V500, string clientId = "M1") =>
        client.ConnectAsync(new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", host.MqttPort)
            .WithCredentials(user, secret)
            .WithClientId(clientId)
            .WithProtocolVersion(version)
            .Build());

    private static MqttApplicationMessage Message(string topic, string payload) => new MqttApplicationMessageBuilder()
        .WithTopic(topic)
        .WithPayload(payload)
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .Build();
}
