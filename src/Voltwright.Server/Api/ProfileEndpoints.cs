using Voltwright.Gateway;
using Voltwright.Server.Auth;
using Voltwright.Server.Problems;
using Voltwright.SmartCharging;
using Voltwright.Stations;

namespace Voltwright.Server.Api;

internal static class ProfileEndpoints
{
    private const int LongestSeconds = 7 * 24 * 60 * 60;

    public static void MapProfiles(this RouteGroupBuilder api)
    {
        var station = api.MapGroup("/stations/{stationId}").WithTags("Charging profiles").OfStation();
        station.MapGet("/charging-profiles", ListAsync).Allow(Access.Read).Produces<ProfileBook>().WithSummary("The charging profiles of a station");
        station.MapPut("/charging-profiles/{profileId:int}", PutAsync).Allow(Access.Operate).Produces<InstalledProfile>()
            .WithSummary("Sets a charging profile; a station that is away gets it when it is back");
        station.MapDelete("/charging-profiles/{profileId:int}", RemoveAsync).Allow(Access.Operate).Produces<StationAnswer>()
            .WithSummary("Removes a charging profile");
        station.MapGet("/composite-schedule", ComposeAsync).Allow(Access.Read).Produces<Composite>()
            .WithSummary("What all profiles together let a slot draw: by our calculation, or by the station's (?by=station)");
    }

    private static async Task<IResult> ListAsync(string stationId, ChargingProfiles profiles, CancellationToken cancellation) =>
        TypedResults.Ok(await profiles.BookAsync(stationId, cancellation));

    private static async Task<IResult> PutAsync(
        string stationId, int profileId, Profile wanted, ChargingProfiles profiles, CancellationToken cancellation)
    {
        var profile = new ChargingProfile
        {
            Id = profileId,
            Purpose = wanted.Purpose,
            StackLevel = wanted.StackLevel,
            Kind = wanted.Kind,
            SessionId = wanted.SessionId,
            ValidFrom = wanted.ValidFrom,
            ValidTo = wanted.ValidTo,
            Schedule = wanted.Schedule,
        };
        return (await profiles.PutAsync(stationId, wanted.SlotNumber, profile, cancellation)).ToResult(p => TypedResults.Ok(p));
    }

    private static async Task<IResult> RemoveAsync(string stationId, int profileId, ChargingProfiles profiles, CancellationToken cancellation) =>
        (await profiles.RemoveAsync(stationId, profileId, cancellation)).ToResult(a => TypedResults.Ok(a));

    private static async Task<IResult> ComposeAsync(
        string stationId, ChargingProfiles profiles, CommandDesk desk, CancellationToken cancellation, int? slotNumber = null,
        int seconds = 86_400, PowerUnit unit = PowerUnit.W, string by = "us")
    {
        if (seconds is < 1 or > LongestSeconds)
            return (Problem.Invalid($"seconds must be between 1 and {LongestSeconds}.") with { Field = "seconds" }).ToResult();
        var duration = TimeSpan.FromSeconds(seconds);
        return by == "station"
            ? (await desk.AskAsync(stationId, new StationCommand.ReadCompositeSchedule(slotNumber, duration, unit), cancellation))
                .ToResult(a => TypedResults.Ok(a))
            : (await profiles.ComposeAsync(stationId, slotNumber, duration, unit, cancellation)).ToResult(c => TypedResults.Ok(c));
    }

    /// <param name="SlotNumber">Absent means the whole station, or all of its slots for a default.</param>
    /// <param name="SessionId">With purpose <c>session</c>.</param>
    internal sealed record Profile(
        ProfilePurpose Purpose, ChargingSchedule Schedule, int? SlotNumber = null, int StackLevel = 0, ProfileKind Kind = ProfileKind.Absolute,
        string? SessionId = null, DateTimeOffset? ValidFrom = null, DateTimeOffset? ValidTo = null);
}
