using Voltwright.Ocpp.V16;

namespace Voltwright.Ocpp.Tests.V16;

public class Ocpp16Tests
{
    [Theory]
    [InlineData("Authorize", Sender.Station, FeatureProfile.Core)]
    [InlineData("BootNotification", Sender.Station, FeatureProfile.Core)]
    [InlineData("DataTransfer", Sender.Either, FeatureProfile.Core)]
    [InlineData("RemoteStartTransaction", Sender.ManagementSystem, FeatureProfile.Core)]
    [InlineData("UnlockConnector", Sender.ManagementSystem, FeatureProfile.Core)]
    [InlineData("FirmwareStatusNotification", Sender.Station, FeatureProfile.Firmware)]
    [InlineData("GetDiagnostics", Sender.ManagementSystem, FeatureProfile.Firmware)]
    [InlineData("SendLocalList", Sender.ManagementSystem, FeatureProfile.LocalAuthList)]
    [InlineData("ReserveNow", Sender.ManagementSystem, FeatureProfile.Reservation)]
    [InlineData("SetChargingProfile", Sender.ManagementSystem, FeatureProfile.SmartCharging)]
    [InlineData("TriggerMessage", Sender.ManagementSystem, FeatureProfile.RemoteTrigger)]
    [InlineData("SignCertificate", Sender.Station, FeatureProfile.Security)]
    [InlineData("CertificateSigned", Sender.ManagementSystem, FeatureProfile.Security)]
    public void Message_InTheTable_HasItsSenderAndProfile(string action, Sender sender, FeatureProfile profile)
    {
        var message = Ocpp16.Protocol.Find(action)!;

        Assert.Equal((action, sender, profile.ToString()), (message.Action, message.Sender, message.Profile));
    }

    [Fact]
    public void Messages_OfOneProfile_AreAsManyAsTheSpecificationLists()
    {
        var counts = Ocpp16.Protocol.Messages.GroupBy(message => message.Profile).ToDictionary(group => group.Key, group => group.Count());

        Assert.Equal(
            [
                ("Core", 16),
                ("Firmware", 4),
                ("LocalAuthList", 2),
                ("RemoteTrigger", 1),
                ("Reservation", 2),
                ("Security", 11),
                ("SmartCharging", 3),
            ],
            counts.Select(count => (count.Key, count.Value)).OrderBy(count => count.Key));
    }

    [Fact]
    public void Names_ThatDifferInCase_AreDifferentActions() => Assert.Null(Ocpp16.Protocol.Find("heartbeat"));

    [Fact]
    public void Protocol_OfVersion16_NegotiatesItsSubprotocol() => Assert.Equal("ocpp1.6", Ocpp16.Protocol.Subprotocol);
}
