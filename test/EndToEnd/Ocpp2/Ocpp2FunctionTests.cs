using Voltwright.Ocpp;
using Voltwright.Simulator.State;

namespace Voltwright.EndToEnd.Ocpp2;

/// <summary>What operators may ask of any station, asked of 2.0.1 and 2.1 stations.</summary>
public sealed class Ocpp2FunctionTests
{
    [Theory]
    [InlineData(OcppVersion.V201)]
    [InlineData(OcppVersion.V21)]
    public async Task Variables_OfTheDeviceModel_AreReadWrittenAndReportedWhole(OcppVersion version)
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var station = await system.AddOcpp2StationAsync("CP1", version);
        await system.EventuallyAsync("stations/CP1", "connected", s => s["connected"] == true);

        await system.SendAsync(HttpMethod.Put, "stations/CP1/variables/OCPPCommCtrlr.OfflineThreshold", """{"value":"90"}""");
        var named = await system.GetAsync("stations/CP1/variables?name=OCPPCommCtrlr.OfflineThreshold&name=OCPPCommCtrlr.Mood");
        var all = await system.GetAsync("stations/CP1/variables");

        Assert.Equal("90", named["answer"]["variables"][0]["value"].AsString());
        Assert.Equal("OCPPCommCtrlr.Mood", named["answer"]["unknown"][0].AsString());
        var names = all["answer"]["variables"].AsArray().Select(v => v["name"].AsString()).ToList();
        Assert.Contains("ChargingStatusIndicator[2].Color", names);
        Assert.Contains("DeviceDataCtrlr.ItemsPerMessage(GetReport)", names);
        Assert.Empty(station.Traffic.Violations);
    }

    [Theory]
    [InlineData(OcppVersion.V201)]
    [InlineData(OcppVersion.V21)]
    public async Task Reservation_MadeAndTakenBack_HoldsTheSlotMeanwhile(OcppVersion version)
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        await system.AddCardAsync("TAG1");
        var station = await system.AddOcpp2StationAsync("CP1", version);
        var reserved = station.WaitForStatusAsync(1, SlotStatus.Reserved);

        var made = await system.PostAsync("reservations", """{"stationId":"CP1","cardId":"TAG1","slotNumber":1}""");
        await reserved;
        var free = station.WaitForStatusAsync(1, SlotStatus.Available);
        await system.SendAsync(HttpMethod.Delete, $"reservations/{made["id"].AsString()}", null);

        await free;
        Assert.Empty(station.Traffic.Violations);
    }

    [Theory]
    [InlineData(OcppVersion.V201)]
    [InlineData(OcppVersion.V21)]
    public async Task Profile_PutOnAStation_IsWhatItComposes(OcppVersion version)
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var station = await system.AddOcpp2StationAsync("CP1", version);
        await system.EventuallyAsync("stations/CP1", "connected", s => s["connected"] == true);

        await system.SendAsync(
            HttpMethod.Put, "stations/CP1/charging-profiles/7",
            """{"purpose":"station-max","schedule":{"unit":"W","start":"2026-01-01T00:00:00Z","periods":[{"startSeconds":0,"limit":7400}]}}""");
        await system.EventuallyAsync(
            "stations/CP1/charging-profiles", "confirmed", book => book["profiles"][0]["reached"] == "confirmed");
        var composed = await system.GetAsync("stations/CP1/composite-schedule?by=station&slotNumber=1&seconds=600");

        Assert.Contains("7400", composed.ToString(), StringComparison.Ordinal);
        Assert.Empty(station.Traffic.Violations);
    }

    [Theory]
    [InlineData(OcppVersion.V201)]
    [InlineData(OcppVersion.V21)]
    public async Task Certificate_AskedForByAStation_IsSignedAndDelivered(OcppVersion version)
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var station = await system.AddOcpp2StationAsync("CP1", version);
        await system.EventuallyAsync("stations/CP1", "connected", s => s["connected"] == true);

        await system.PostAsync("stations/CP1/certificates/renewal", "{}");
        await system.EventuallyAsync("certificates?stationId=CP1", "a certificate", c => c["items"].AsArray().Count > 0);
        await system.PostAsync("stations/CP1/certificates", """{"use":"management-system"}""");
        var installed = await system.GetAsync("stations/CP1/certificates");

        Assert.Equal("management-system", installed["answer"]["certificates"][0]["use"].AsString());
        Assert.Empty(station.Traffic.Violations);
    }

    [Theory]
    [InlineData(OcppVersion.V201)]
    [InlineData(OcppVersion.V21)]
    public async Task Firmware_OfACampaign_IsWhatTheStationBootsWith(OcppVersion version)
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var station = await system.AddOcpp2StationAsync("CP1", version);
        await system.EventuallyAsync("stations/CP1", "connected", s => s["connected"] == true);

        await system.PostAsync("firmware", """{"location":"http://127.0.0.1/2.5.0.bin","stationIds":["CP1"],"version":"2.5.0"}""");

        await system.EventuallyAsync("stations/CP1", "new firmware", s => s["firmware"] == "2.5.0");
        Assert.Empty(station.Traffic.Violations);
    }

    [Theory]
    [InlineData(OcppVersion.V201)]
    [InlineData(OcppVersion.V21)]
    public async Task Cards_OnTheListOfAStation_ChargeWithoutALine(OcppVersion version)
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        await system.AddCardAsync("TAG1");
        var station = await system.AddOcpp2StationAsync("CP1", version);

        await system.SendAsync(HttpMethod.Put, "stations/CP1/card-list", """{"enabled":true}""");
        await system.EventuallyAsync("stations/CP1/card-list", "in step", _ => station.LocalList.Allows("TAG1"));
        await station.GoOfflineAsync();
        await station.PlugInAsync(1);
        await station.TapAsync("TAG1", 1);

        Assert.Equal(SlotStatus.Charging, station.State.Slot(1).Status);
    }
}
