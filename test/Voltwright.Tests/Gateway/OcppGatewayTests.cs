using System.Net;
using System.Net.WebSockets;
using System.Text;
using Voltwright.Gateway;
using Voltwright.Jq;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;
using Voltwright.Stations;

namespace Voltwright.Tests.Gateway;

public sealed class OcppGatewayTests
{
    private readonly FakeStation _station = new("CP1");

    [Theory]
    [InlineData("CP1", "CP1:wrong", "ocpp1.6", HttpStatusCode.Unauthorized)]
    [InlineData("CP1", "CP2:secret", "ocpp1.6", HttpStatusCode.Unauthorized)]
    [InlineData("CP1", null, "ocpp1.6", HttpStatusCode.Unauthorized)]
    [InlineData("CP9", "CP9:secret", "ocpp1.6", HttpStatusCode.Unauthorized)]
    [InlineData("CP1", "CP1:secret", "ocpp1.5", HttpStatusCode.BadRequest)]
    public async Task Handshake_ThatIsNotAdmitted_IsRefusedBeforeTheUpgrade(
        string path, string? credentials, string protocol, HttpStatusCode status)
    {
        await using var host = await GatewayHost.StartAsync(_station);

        using var socket = await host.ConnectAsync(path, credentials, protocol);

        Assert.Equal(status, socket.HttpStatusCode);
        Assert.Equal(status == HttpStatusCode.Unauthorized, socket.HttpResponseHeaders!.ContainsKey("WWW-Authenticate"));
        Assert.Null(host.Links.Find(path));
    }

    [Fact]
    public async Task Handshake_OfAGuesser_IsPutOff()
    {
        await using var host = await GatewayHost.StartAsync(_station);
        for (var i = 0; i < 10; i++)
            (await host.ConnectAsync(credentials: $"CP1:guess{i}")).Dispose();

        using var socket = await host.ConnectAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, socket.HttpStatusCode);
    }

    [Fact]
    public async Task Request_WithoutUpgrade_SaysWhatIsSpokenHere()
    {
        await using var host = await GatewayHost.StartAsync(_station);
        using var client = new HttpClient { BaseAddress = host.Address };

        using var answer = await client.GetAsync("/ocpp/CP1");

        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Station_ThatIsAdmitted_ConversesAndIsNotedAsConnected()
    {
        await using var host = await GatewayHost.StartAsync(_station);
        await using var peer = await host.ConnectPeerAsync();

        var answer = await peer.CallAsync(new BootNotificationRequest { ChargePointVendor = "Acme", ChargePointModel = "One" });

        Assert.Equal(RegistrationStatus.Accepted, Assert.IsType<CallOutcome<BootNotificationResponse>.Answered>(answer).Response.Status);
        await _station.Awaits("connected");
        await peer.CloseAsync();
        await _station.Awaits("disconnected");
        Assert.Null(host.Links.Find("CP1"));
    }

    [Fact]
    public async Task Station_ThatConnects_GetsWhatItMissedOnceItHasSpoken()
    {
        await using var host = await GatewayHost.StartAsync(_station, new GatewayOptions { FirstWordsWithin = TimeSpan.FromMinutes(10) });
        await using var peer = await host.ConnectPeerAsync();
        await _station.Awaits("connected");
        var next = host.Wishes.NextAsync(CancellationToken.None).AsTask();
        Assert.False(next.IsCompleted);

        await peer.CallAsync(new BootNotificationRequest { ChargePointVendor = "Acme", ChargePointModel = "One" });

        Assert.Equal("CP1", await next.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Station_ThatSaysNothing_GetsWhatItMissedAfterAWhile()
    {
        await using var host = await GatewayHost.StartAsync(_station, new GatewayOptions { FirstWordsWithin = TimeSpan.FromMilliseconds(100) });
        await using var peer = await host.ConnectPeerAsync();

        Assert.Equal("CP1", await host.Wishes.NextAsync(CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Station_ThatConnectsAgain_TakesThePlaceOfItsOlderConnection()
    {
        await using var host = await GatewayHost.StartAsync(_station);
        using var older = await host.ConnectAsync();
        await _station.Awaits("connected");
        var first = host.Links.Find("CP1")!;
        await using var newer = await host.ConnectPeerAsync();

        var farewell = await older.ReceiveAsync(new byte[100], CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
        await older.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        await _station.Awaits("disconnected");

        Assert.Equal(WebSocketMessageType.Close, farewell.MessageType);
        Assert.NotEqual(first.LinkId, host.Links.Find("CP1")!.LinkId);
        Assert.IsType<CallOutcome<HeartbeatResponse>.Answered>(await newer.CallAsync(new HeartbeatRequest()));
    }

    [Theory]
    [InlineData("this is not json")]
    [InlineData("{}")]
    [InlineData("[2,\"1\",\"Fly\",{}]")]
    [InlineData("[2,\"1\",\"Authorize\",{\"idTag\":5}]")]
    public async Task Message_ThatIsMalformed_GetsAnErrorAndTheConversationGoesOn(string text)
    {
        await using var host = await GatewayHost.StartAsync(_station);
        using var socket = await host.ConnectAsync();

        Assert.StartsWith("[4,", await ExchangeAsync(socket, text), StringComparison.Ordinal);
        Assert.StartsWith("[3,\"2\",", await ExchangeAsync(socket, "[2,\"2\",\"Heartbeat\",{}]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_OfOneMegabyte_GetsAnErrorAndTheConversationGoesOn()
    {
        await using var host = await GatewayHost.StartAsync(_station);
        using var socket = await host.ConnectAsync();

        var answer = await ExchangeAsync(socket, $$"""[2,"1","DataTransfer",{"vendorId":"v","data":"{{new string('x', 1_000_000)}}"}]""");

        Assert.StartsWith("[4,\"1\",\"FormationViolation\"", answer, StringComparison.Ordinal);
        Assert.StartsWith("[3,\"2\",", await ExchangeAsync(socket, "[2,\"2\",\"Heartbeat\",{}]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Station_ThatSendsOnlyRubbish_IsHungUpOn()
    {
        await using var host = await GatewayHost.StartAsync(_station, new GatewayOptions { MalformedMessagesTolerated = 3 });
        using var socket = await host.ConnectAsync();

        for (var i = 0; i < 4; i++)
            await socket.SendAsync("rubbish"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);

        await _station.Awaits("disconnected");
    }

    [Fact]
    public async Task Led_OfAStationWithTheExtension_IsSetByDataTransfer()
    {
        await using var host = await GatewayHost.StartAsync(_station);
        DataTransferRequest? received = null;
        await using var peer = await host.ConnectPeerAsync(Serving<DataTransferRequest, DataTransferResponse>(r =>
        {
            received = r;
            return new DataTransferResponse { Status = DataTransferStatus.Accepted };
        }));
        await _station.Awaits("connected");

        var outcome = await host.Links.SendAsync("CP1", new StationCommand.SetLed("1", "flicker", "white", 3000), CancellationToken.None);

        Assert.IsType<CommandOutcome.Accepted>(outcome);
        Assert.Equal(("com.voltwright", "SetLed"), (received!.VendorId, received.MessageId));
        Assert.Equal(
            JsonValue.Parse("""{"led":"1","action":"flicker","color":"white","durationMs":3000}"""), JsonValue.Parse(received.Data!));
    }

    [Fact]
    public async Task Led_OfAStationWithoutTheExtension_IsAskedForOnce()
    {
        await using var host = await GatewayHost.StartAsync(_station);
        var asked = 0;
        await using var peer = await host.ConnectPeerAsync(Serving<DataTransferRequest, DataTransferResponse>(_ =>
        {
            asked++;
            return new DataTransferResponse { Status = DataTransferStatus.UnknownVendorId };
        }));
        await _station.Awaits("connected");

        for (var i = 0; i < 2; i++)
            Assert.IsType<CommandOutcome.Unsupported>(
                await host.Links.SendAsync("CP1", new StationCommand.SetLed("1", "on", "blue", null), CancellationToken.None));

        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Commands_OfTheDomain_BecomeMessagesOfTheProtocol()
    {
        await using var host = await GatewayHost.StartAsync(_station);
        var seen = new List<object>();
        var table = new HandlerTable<object>(Ocpp16.Protocol)
            .On<RemoteStartTransactionRequest, RemoteStartTransactionResponse>(
                (_, r, _) => See(r, new RemoteStartTransactionResponse { Status = RemoteStartStopStatus.Accepted }))
            .On<RemoteStopTransactionRequest, RemoteStopTransactionResponse>(
                (_, r, _) => See(r, new RemoteStopTransactionResponse { Status = RemoteStartStopStatus.Accepted }))
            .On<UnlockConnectorRequest, UnlockConnectorResponse>(
                (_, r, _) => See(r, new UnlockConnectorResponse { Status = UnlockStatus.Unlocked }))
            .On<ChangeAvailabilityRequest, ChangeAvailabilityResponse>(
                (_, r, _) => See(r, new ChangeAvailabilityResponse { Status = AvailabilityStatus.Scheduled }));
        await using var peer = await host.ConnectPeerAsync(table);
        await _station.Awaits("connected");

        StationCommand[] commands =
        [
            new StationCommand.StartCharging(2, "s-1", "TAG1"), new StationCommand.StopCharging(2, "s-1", "77"),
            new StationCommand.UnlockSlot(2), new StationCommand.SetAvailability(null, false),
        ];
        foreach (var command in commands)
            Assert.IsType<CommandOutcome.Accepted>(await host.Links.SendAsync("CP1", command, CancellationToken.None));

        Assert.Equal(
            [
                new RemoteStartTransactionRequest { ConnectorId = 2, IdTag = "TAG1" },
                new RemoteStopTransactionRequest { TransactionId = 77 },
                new UnlockConnectorRequest { ConnectorId = 2 },
                new ChangeAvailabilityRequest { ConnectorId = 0, Type = AvailabilityType.Inoperative },
            ],
            seen);

        Task<T> See<T>(object request, T answer)
        {
            seen.Add(request);
            return Task.FromResult(answer);
        }

        
    }

    [Fact]
    public async Task Command_ToAMuteStation_EndsAsSilent()
    {
        await using var host = await GatewayHost.StartAsync(
            _station, new GatewayOptions { CommandTimeout = TimeSpan.FromMilliseconds(100) });
        using var socket = await host.ConnectAsync();
        await _station.Awaits("connected");

        Assert.IsType<CommandOutcome.Silent>(await host.Links.SendAsync("CP1", new StationCommand.UnlockSlot(1), CancellationToken.None));
    }

    [Fact]
    public async Task Command_Raw_ReturnsTheStationsAnswer()
    {
        await using var host = await GatewayHost.StartAsync(_station);
        await using var peer = await host.ConnectPeerAsync(Serving<ClearCacheRequest, ClearCacheResponse>(
            _ => new ClearCacheResponse { Status = ClearCacheStatus.Accepted }));
        await _station.Awaits("connected");

        var outcome = await host.Links.Find("CP1")!.SendRawAsync("ClearCache", JsonObject.Empty, CancellationToken.None);

        Assert.Equal("Accepted", Assert.IsType<CommandOutcome.Accepted>(outcome).Answer["status"].AsString());
        Assert.IsType<CommandOutcome.Unsupported>(
            await host.Links.Find("CP1")!.SendRawAsync("Fly", JsonObject.Empty, CancellationToken.None));
    }

    private static HandlerTable<object> Serving<TRequest, TResponse>(Func<TRequest, TResponse> serve)
        where TRequest : Voltwright.Ocpp.IOcppRequest<TResponse>
        where TResponse : notnull =>
        new HandlerTable<object>(Ocpp16.Protocol).On<TRequest, TResponse>((_, request, _) => Task.FromResult(serve(request)));

    private static async Task<string> ExchangeAsync(ClientWebSocket socket, string text)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);
        var buffer = new byte[10_000];
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }
}
