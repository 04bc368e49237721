using Voltwright.SmartCharging;
using Voltwright.Stations;

namespace Voltwright.Gateway.Vendors;

/// <summary>Where stations in the field do otherwise than OCPP has it: the one place that knows who, and what is done about it.</summary>
/// <param name="Vendor">As in BootNotification; case and spaces do not count.</param>
/// <param name="Model">Null: all models.</param>
/// <param name="Firmware">What the version begins with; null: every version.</param>
public sealed record Quirk(string Vendor, string? Model, string? Firmware)
{
    /// <summary>What the stations do, for people.</summary>
    public required string Says { get; init; }

    /// <summary>Energy in readings is wrong: a session is counted by what its start and its end say.</summary>
    public bool MisreadsEnergy { get; init; }

    /// <summary>Profiles of a higher level are refused.</summary>
    public int? HighestStackLevel { get; init; }

    public bool IsOf(Station station) => Begins(station.Vendor, Vendor) && Begins(station.Model, Model) && Begins(station.Firmware, Firmware);

    private static bool Begins(string? said, string? known) =>
        known is null || (said is not null && Plain(said).StartsWith(Plain(known), StringComparison.OrdinalIgnoreCase));

    private static string Plain(string text) => text.Replace(" ", "", StringComparison.Ordinal);
}

/// <summary>What is to be minded at one station.</summary>
public static class Quirks
{
    public static IReadOnlyList<Quirk> Known { get; } =
    [
        // Their issue 703, seen with 4.2.2.
        new("OpenEVSE", null, "4.") { Says = "Readings give the energy in kWh and call it Wh.", MisreadsEnergy = true },
        new("Wall Box", null, null) { Says = "Charging profiles are taken at stack level 0 only.", HighestStackLevel = 0 },
    ];

    public static IEnumerable<Quirk> Of(Station station) => Known.Where(q => q.IsOf(station));

    public static IReadOnlyList<MeterSample> Believed(Station station, IReadOnlyList<MeterSample> samples) =>
        Of(station).Any(q => q.MisreadsEnergy) ? [.. samples.Select(s => s with { EnergyWh = null })] : samples;

    public static ChargingProfile Taken(Station station, ChargingProfile profile) =>
        Of(station).Select(q => q.HighestStackLevel).Min() is { } level && profile.StackLevel > level ? profile with { StackLevel = level } : profile;
}
