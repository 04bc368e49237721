using Voltwright.Gateway.Vendors;
using Voltwright.SmartCharging;
using Voltwright.Tests.Stations;

namespace Voltwright.Tests.Gateway;

public sealed class QuirksTests
{
    private readonly Desk _desk = new();

    [Theory]
    [InlineData("OpenEVSE", "4.2.2", 0)]
    [InlineData("openevse", "5.0.0", 6_000)]
    [InlineData("Acme", "4.2.2", 6_000)]
    public void Readings_OfAStationThatMisreadsEnergy_AreNotCounted(string vendor, string firmware, long counted)
    {
        Be(vendor, firmware);
        _desk.Card("TAG1");
        var lease = _desk.Acquire("TAG1").Value!;
        _desk.Start(1, "TAG1", meterWh: 1_000, transaction: "7");
        _desk.Wait(TimeSpan.FromMinutes(30));

        _desk.Meter(1, 7_000);
        Assert.Equal(counted, _desk.Session(lease.SessionId).EnergyWh);

        _desk.Stop("7", 9_000);
        Assert.Equal(8_000, _desk.Session(lease.SessionId).EnergyWh);
    }

    [Theory]
    [InlineData("Wall Box Chargers", 0)]
    [InlineData("Wallbox", 0)]
    [InlineData("Acme", 3)]
    [InlineData(null, 3)]
    public void Profile_AtAStationOfOneLevel_IsSentAtThatLevel(string? vendor, int level)
    {
        Be(vendor, null);
        var profile = new ChargingProfile { Id = 1, Purpose = ProfilePurpose.Default, StackLevel = 3, Schedule = null! };

        Assert.Equal(level, Quirks.Taken(_desk.Station, profile).StackLevel);
    }

    private void Be(string? vendor, string? firmware) => _desk.Do(turn => turn.Station = turn.Station with { Vendor = vendor, Firmware = firmware });
}
