using System.Globalization;
using Voltwright.Jq;
using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;
using Wire = Voltwright.Ocpp.V16.Types;

namespace Voltwright.Gateway.Ocpp.V16;

/// <summary>Charging profiles in the words of 1.6.</summary>
internal static class ProfileCommands
{
    public static Task<CommandOutcome> SetProfileAsync(this OcppStationLink link, StationCommand.SetProfile command, CancellationToken cancellation) =>
        link.CallAsync(
            new SetChargingProfileRequest { ConnectorId = command.Slot ?? 0, CsChargingProfiles = ProfileOf(command) },
            r => r.Status == ChargingProfileStatus.NotSupported
                ? new CommandOutcome.Unsupported("The station knows no charging profiles.")
                : OcppStationLink.Judge(r.Status),
            cancellation);

    public static Task<CommandOutcome> ClearProfileAsync(
        this OcppStationLink link, StationCommand.ClearProfile command, CancellationToken cancellation) => link.CallAsync(
        new ClearChargingProfileRequest { Id = command.ProfileId }, r => OcppStationLink.Judge(r.Status), cancellation);

    public static Task<CommandOutcome> ComposeAsync(
        this OcppStationLink link, StationCommand.ReadCompositeSchedule command, CancellationToken cancellation) => link.CallAsync(
        new GetCompositeScheduleRequest
        {
            ConnectorId = command.Slot ?? 0,
            Duration = (int)command.Duration.TotalSeconds,
            ChargingRateUnit = command.Unit == SmartCharging.PowerUnit.A ? ChargingRateUnitType.A : ChargingRateUnitType.W,
        },
        r => r is { Status: GetCompositeScheduleStatus.Accepted, ChargingSchedule: { } schedule }
            ? new CommandOutcome.Accepted(JsonObject.Of(
                ("unit", schedule.ChargingRateUnit.ToString()),
                ("from", Stations.StationEvent.Time(r.ScheduleStart ?? schedule.StartSchedule)),
                ("periods", JsonArray.From(schedule.ChargingSchedulePeriod.Select(p => (JsonValue)JsonObject.Of(
                    ("startSeconds", p.StartPeriod), ("limit", (double)p.Limit), ("phases", p.NumberPhases is { } phases ? phases : JsonValue.Null)))))))
            : OcppStationLink.Judge(r.Status),
        cancellation);

    private static Wire.ChargingProfile ProfileOf(StationCommand.SetProfile command)
    {
        var profile = command.Profile;
        return new Wire.ChargingProfile
        {
            ChargingProfileId = profile.Id,
            TransactionId = int.TryParse(command.TransactionId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null,
            StackLevel = profile.StackLevel,
            ChargingProfilePurpose = profile.Purpose switch
            {
                SmartCharging.ProfilePurpose.StationMax => ChargingProfilePurposeType.ChargePointMaxProfile,
                SmartCharging.ProfilePurpose.Default => ChargingProfilePurposeType.TxDefaultProfile,
                _ => ChargingProfilePurposeType.TxProfile,
            },
            ChargingProfileKind = profile.Kind switch
            {
                SmartCharging.ProfileKind.Absolute => ChargingProfileKindType.Absolute,
                SmartCharging.ProfileKind.Relative => ChargingProfileKindType.Relative,
                _ => ChargingProfileKindType.Recurring,
            },
            RecurrencyKind = profile.Kind switch
            {
                SmartCharging.ProfileKind.Daily => RecurrencyKindType.Daily,
                SmartCharging.ProfileKind.Weekly => RecurrencyKindType.Weekly,
                _ => null,
            },
            ValidFrom = profile.ValidFrom,
            ValidTo = profile.ValidTo,
            ChargingSchedule = ScheduleOf(profile.Schedule),
        };
    }

    private static Wire.ChargingSchedule ScheduleOf(SmartCharging.ChargingSchedule schedule) => new()
    {
        Duration = schedule.DurationSeconds,
        StartSchedule = schedule.Start,
        ChargingRateUnit = schedule.Unit == SmartCharging.PowerUnit.A ? ChargingRateUnitType.A : ChargingRateUnitType.W,
        ChargingSchedulePeriod =
        [
            .. schedule.Periods.Select(p => new ChargingSchedulePeriod
            {
                StartPeriod = p.StartSeconds, Limit = Math.Round(p.Limit, 1), NumberPhases = p.Phases,
            }),
        ],
    };
}
