using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>Charging profiles: set, cleared, reported, composed.</summary>
static class Profiles
{
    public static SetChargingProfileResponse Set(Ocpp2Station station, SetChargingProfileRequest request)
    {
        var needsTransaction = request.ChargingProfile.ChargingProfilePurpose == ChargingProfilePurpose.TxProfile;
        var isPossible = request.EvseId == 0
            ? !needsTransaction
            : station.Find(request.EvseId) is { } evse && (!needsTransaction || evse.Transaction is not null);
        if (isPossible) station.Profiles.Set(request.EvseId, request.ChargingProfile);
        return new SetChargingProfileResponse { Status = isPossible ? ChargingProfileStatus.Accepted : ChargingProfileStatus.Rejected };
    }

    public static ClearChargingProfileResponse Clear(Ocpp2Station station, ClearChargingProfileRequest request)
    {
        var criteria = request.ChargingProfileCriteria;
        var cleared = station.Profiles.Clear((evse, profile) =>
            (request.ChargingProfileId ?? profile.Id) == profile.Id
            && (criteria?.EvseId ?? evse) == evse
            && (criteria?.StackLevel ?? profile.StackLevel) == profile.StackLevel
            && (criteria?.ChargingProfilePurpose ?? profile.ChargingProfilePurpose) == profile.ChargingProfilePurpose);
        return new ClearChargingProfileResponse
        {
            Status = cleared ? ClearChargingProfileStatus.Accepted : ClearChargingProfileStatus.Unknown,
        };
    }

    public static GetChargingProfilesResponse Get(Ocpp2Station station, GetChargingProfilesRequest request)
    {
        var criteria = request.ChargingProfile;
        var found = station.Profiles.Find((evse, profile) =>
            (request.EvseId ?? evse) == evse
            && (criteria.StackLevel ?? profile.StackLevel) == profile.StackLevel
            && (criteria.ChargingProfilePurpose ?? profile.ChargingProfilePurpose) == profile.ChargingProfilePurpose
            && (criteria.ChargingProfileId is not { } ids || ids.Contains(profile.Id)));
        var byEvse = found.GroupBy(entry => entry.Evse).ToList();
        for (var index = 0; index < byEvse.Count; index++)
        {
            var report = new ReportChargingProfilesRequest
            {
                RequestId = request.RequestId,
                ChargingLimitSource = nameof(ChargingLimitSource.CSO),
                ChargingProfile = [.. byEvse[index].Select(entry => entry.Profile)],
                Tbc = index + 1 < byEvse.Count,
                EvseId = byEvse[index].Key,
            };
            station.Later(() => station.Send(report));
        }

        return new GetChargingProfilesResponse
        {
            Status = found.Count > 0 ? GetChargingProfileStatus.Accepted : GetChargingProfileStatus.NoProfiles,
        };
    }

    public static GetCompositeScheduleResponse Compose(Ocpp2Station station, GetCompositeScheduleRequest request)
    {
        if (request.EvseId > station.Evses.Count) return new() { Status = GenericStatus.Rejected };
        var now = station.Clock.Now;
        return new GetCompositeScheduleResponse
        {
            Status = GenericStatus.Accepted,
            Schedule = station.Profiles.Compose(
                request.EvseId, now, station.Find(request.EvseId)?.Transaction?.StartedAt ?? now, request.Duration,
                request.ChargingRateUnit ?? ChargingRateUnit.W),
        };
    }
}
