using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Simulator.Tests.Ocpp;

public class OcppTroubleTests
{
    [Theory]
    [InlineData(typeof(StartTransactionRequest))]
    [InlineData(typeof(StopTransactionRequest))]
    public async Task TransactionMessage_WhoseAnswerWasLost_IsRepeatedUnchanged(Type message)
    {
        await using var csms = new TestCsms { DropOn = message };
        await using var station = await OcppStationTests.StartAsync(csms);

        await station.PlugInAsync(1);
        await station.TapAsync("TAG");
        await station.WaitForSlotSessionAsync(1);
        await station.UnplugAsync(1);
        await csms.NextAsync<StopTransactionRequest>();
        if (message == typeof(StopTransactionRequest)) await csms.NextAsync<StopTransactionRequest>();

        var said = csms.Everything.Where(request => request.GetType() == message).Select(request => request switch
        {
            StopTransactionRequest stop => stop with { TransactionData = null },
            _ => request,
        }).ToList();
        Assert.Equal(2, said.Count);
        Assert.Equal(said[0], said[1]);
    }

    [Fact]
    public async Task Session_WhileOffline_IsReportedInOrderAfterwards()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms, with: options => options with { ChargesOffline = true });
        await station.GoOfflineAsync();
        await station.WaitForConnectionAsync(false);

        await station.PlugInAsync(1);
        Assert.Equal(new TapResult.Decided("Accepted"), await station.TapAsync("TAG"));
        await station.UnplugAsync(1);
        Assert.True(station.WaitingMessages >= 2);
        await station.GoOnlineAsync();

        var stop = await csms.NextAsync<StopTransactionRequest>();
        var start = Assert.Single(csms.Everything.OfType<StartTransactionRequest>());
        Assert.Equal(1, stop.TransactionId);
        Assert.True(start.Timestamp <= stop.Timestamp);
    }

    [Fact]
    public async Task Tap_WhileOffline_IsUnansweredUnlessTheStationMayDecide()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms);
        await station.GoOfflineAsync();
        await station.WaitForConnectionAsync(false);

        Assert.IsType<TapResult.Unanswered>(await station.TapAsync("TAG"));
        station.LocalList.Update(new SendLocalListRequest
        {
            ListVersion = 1,
            UpdateType = UpdateType.Full,
            LocalAuthorizationList = [new() { IdTag = "TAG", IdTagInfo = new() { Status = AuthorizationStatus.Accepted } }],
        });
        Assert.Equal(new TapResult.Decided("Accepted"), await station.TapAsync("TAG"));
    }

    [Fact]
    public async Task Station_ThatCrashed_ComesBackAndTellsItsStatusWithoutBooting()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms);
        await csms.NextAsync<StatusNotificationRequest>(said => said.ConnectorId == 2);
        var lost = station.State.WaitForChangeAsync("lost", change => Equals(change.State, "disconnected"), VirtualStation.Patience);

        await station.CrashAsync();
        await lost;
        await csms.NextAsync<StatusNotificationRequest>(said => said.ConnectorId == 2);

        Assert.Single(csms.Everything.OfType<BootNotificationRequest>());
    }

    [Fact]
    public async Task Station_ThatRepeatsItself_SaysTransactionMessagesTwice()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(
            csms, with: options => options with { RepeatsTransactionMessages = true });
        await station.PlugInAsync(1);
        await station.TapAsync("TAG");

        Assert.Equal(await csms.NextAsync<StartTransactionRequest>(), await csms.NextAsync<StartTransactionRequest>());
    }
}
