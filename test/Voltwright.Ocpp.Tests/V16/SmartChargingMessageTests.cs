using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.Tests.V16;

public class SmartChargingMessageTests
{
    const string ProfileText =
        """
        {"chargingProfileId":1,"transactionId":7,"stackLevel":2,"chargingProfilePurpose":"TxProfile","chargingProfileKind":"Recurring",
        "recurrencyKind":"Daily","validFrom":"2026-11-22T12:00:00.000Z","validTo":"2026-11-23T12:00:00.000Z","chargingSchedule":
        {"duration":3600,"startSchedule":"2026-11-22T12:00:00.000Z","chargingRateUnit":"A",
        "chargingSchedulePeriod":[{"startPeriod":0,"limit":16.5,"numberPhases":3},{"startPeriod":60,"limit":6}],"minChargingRate":6.1}}
        """;

    static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    static readonly ChargingProfile Profile = new()
    {
        ChargingProfileId = 1,
        TransactionId = 7,
        StackLevel = 2,
        ChargingProfilePurpose = ChargingProfilePurposeType.TxProfile,
        ChargingProfileKind = ChargingProfileKindType.Recurring,
        RecurrencyKind = RecurrencyKindType.Daily,
        ValidFrom = Noon,
        ValidTo = Noon.AddDays(1),
        ChargingSchedule = new ChargingSchedule
        {
            Duration = 3600,
            StartSchedule = Noon,
            ChargingRateUnit = ChargingRateUnitType.A,
            ChargingSchedulePeriod =
            [
                new ChargingSchedulePeriod { StartPeriod = 0, Limit = 16.5m, NumberPhases = 3 },
                new ChargingSchedulePeriod { StartPeriod = 60, Limit = 6 },
            ],
            MinChargingRate = 6.1m,
        },
    };

    [Fact]
    public void SetChargingProfile_OnTheWire_IsAsSpecified()
    {
        Wire.Request(
            new SetChargingProfileRequest { ConnectorId = 1, CsChargingProfiles = Profile },
            $$"""{"connectorId":1,"csChargingProfiles":{{ProfileText}}}""");
        Wire.Response(
            new SetChargingProfileResponse { Status = ChargingProfileStatus.NotSupported },
            """{"status":"NotSupported"}""");
    }

    [Fact]
    public void RemoteStartTransaction_WithAProfile_IsAsSpecified() => Wire.Request(
        new RemoteStartTransactionRequest { IdTag = "TAG", ChargingProfile = Profile },
        $$"""{"idTag":"TAG","chargingProfile":{{ProfileText}}}""");

    [Fact]
    public void ClearChargingProfile_OnTheWire_IsAsSpecified()
    {
        Wire.Request(new ClearChargingProfileRequest(), "{}");
        Wire.Request(
            new ClearChargingProfileRequest
            {
                Id = 1,
                ConnectorId = 0,
                ChargingProfilePurpose = ChargingProfilePurposeType.ChargePointMaxProfile,
                StackLevel = 3,
            },
            """{"id":1,"connectorId":0,"chargingProfilePurpose":"ChargePointMaxProfile","stackLevel":3}""");
        Wire.Response(new ClearChargingProfileResponse { Status = ClearChargingProfileStatus.Unknown }, """{"status":"Unknown"}""");
    }

    [Fact]
    public void GetCompositeSchedule_OnTheWire_IsAsSpecified()
    {
        Wire.Request(
            new GetCompositeScheduleRequest { ConnectorId = 0, Duration = 600, ChargingRateUnit = ChargingRateUnitType.W },
            """{"connectorId":0,"duration":600,"chargingRateUnit":"W"}""");
        Wire.Response(new GetCompositeScheduleResponse { Status = GetCompositeScheduleStatus.Rejected }, """{"status":"Rejected"}""");
        Wire.Response(
            new GetCompositeScheduleResponse
            {
                Status = GetCompositeScheduleStatus.Accepted,
                ConnectorId = 0,
                ScheduleStart = Noon,
                ChargingSchedule = new ChargingSchedule
                {
                    ChargingRateUnit = ChargingRateUnitType.W,
                    ChargingSchedulePeriod = [new ChargingSchedulePeriod { StartPeriod = 0, Limit = 11000 }],
                },
            },
            """
            {"status":"Accepted","connectorId":0,"scheduleStart":"2026-11-22T12:00:00.000Z",
            "chargingSchedule":{"chargingRateUnit":"W","chargingSchedulePeriod":[{"startPeriod":0,"limit":11000}]}}
            """);
    }
}
