using Voltwright.Jq;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;
using Wire = Voltwright.Ocpp.V201.Types;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>Charging profiles in the words of 2.x.</summary>
internal static class ProfileCommands
{
    public static Task<CommandOutcome> SetProfileAsync(
        this Ocpp2Link link, StationCommand.SetProfile command, CancellationToken cancellation) => link.CallAsync(
        new SetChargingProfileRequest { EvseId = command.Slot ?? 0, ChargingProfile = ProfileOf(command) },
        r => OcppLink.Judge(r.Status),
        cancellation);

    public static Task<CommandOutcome> ClearProfileAsync(
        this Ocpp2Link link, StationCommand.ClearProfile command, CancellationToken cancellation) => link.CallAsync(
        new ClearChargingProfileRequest { ChargingProfileId = command.ProfileId }, r => OcppLink.Judge(r.Status), cancellation);

    public static Task<CommandOutcome> ComposeAsync(
        this Ocpp2Link link, StationCommand.ReadCompositeSchedule command, CancellationToken cancellation) => link.CallAsync(
        new GetCompositeScheduleRequest
        {
            EvseId = command.Slot ?? 0,
            Duration = (int)command.Duration.TotalSeconds,
            ChargingRateUnit = UnitOf(command.Unit),
        },
        r => r is { Status: GenericStatus.Accepted, Schedule: { } schedule }
            ? new CommandOutcome.Accepted(JsonObject.Of(
                ("unit", schedule.ChargingRateUnit.ToString()),
                ("from", Stations.StationEvent.Time(schedule.ScheduleStart)),
                ("periods", JsonArray.From(schedule.ChargingSchedulePeriod.Select(p => (JsonValue)JsonObject.Of(
                    ("startSeconds", p.StartPeriod), ("limit", p.Limit is { } limit ? (double)limit : JsonValue.Null),
                    ("phases", p.NumberPhases is { } phases ? phases : JsonValue.Null)))))))
            : OcppLink.Judge(r.Status),
        cancellation);

    private static Wire.ChargingProfile ProfileOf(StationCommand.SetProfile command)
    {
        var profile = command.Profile;
        return new Wire.ChargingProfile
        {
            Id = profile.Id,
            TransactionId = profile.Purpose == SmartCharging.ProfilePurpose.Session ? command.TransactionId : null,
            StackLevel = profile.StackLevel,
            ChargingProfilePurpose = profile.Purpose switch
            {
                SmartCharging.ProfilePurpose.StationMax => ChargingProfilePurpose.ChargingStationMaxProfile,
                SmartCharging.ProfilePurpose.Default => ChargingProfilePurpose.TxDefaultProfile,
                _ => ChargingProfilePurpose.TxProfile,
            },
            ChargingProfileKind = profile.Kind switch
            {
                SmartCharging.ProfileKind.Absolute => ChargingProfileKind.Absolute,
                SmartCharging.ProfileKind.Relative => ChargingProfileKind.Relative,
                _ => ChargingProfileKind.Recurring,
            },
            RecurrencyKind = profile.Kind switch
            {
                SmartCharging.ProfileKind.Daily => RecurrencyKind.Daily,
                SmartCharging.ProfileKind.Weekly => RecurrencyKind.Weekly,
                _ => null,
            },
            ValidFrom = profile.ValidFrom,
            ValidTo = profile.ValidTo,
            ChargingSchedule = [ScheduleOf(profile.Id, profile.Schedule)],
        };
    }

    private static Wire.ChargingSchedule ScheduleOf(int id, SmartCharging.ChargingSchedule schedule) => new()
    {
        Id = id,
        Duration = schedule.DurationSeconds,
        StartSchedule = schedule.Start,
        ChargingRateUnit = UnitOf(schedule.Unit),
        ChargingSchedulePeriod =
        [
            .. schedule.Periods.Select(p => new ChargingSchedulePeriod
            {
                StartPeriod = p.StartSeconds, Limit = Math.Round(p.Limit, 1), NumberPhases = p.Phases,
            }),
        ],
    };

    private static ChargingRateUnit UnitOf(SmartCharging.PowerUnit unit) =>
        unit == SmartCharging.PowerUnit.A ? ChargingRateUnit.A : ChargingRateUnit.W;
}
