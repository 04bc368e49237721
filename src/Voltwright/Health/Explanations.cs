using System.Collections.Frozen;

namespace Voltwright.Health;

/// <param name="Meaning">What is wrong, for people.</param>
/// <param name="Remedy">What usually helps.</param>
public sealed record Explanation(string Meaning, string Remedy);

/// <summary>The error codes of stations in plain words.</summary>
public static class Explanations
{
    private static readonly FrozenDictionary<string, Explanation> Known = new Dictionary<string, Explanation>
    {
        ["ConnectorLockFailure"] = new(
            "The plug cannot be locked or unlocked.",
            "Look at the socket for dirt or a bent pin; reset the station; else have the lock replaced."),
        ["EVCommunicationError"] = new(
            "Car and station do not understand each other.",
            "Plug in again; try another car; look at the cable's control wires."),
        ["GroundFailure"] = new("The protection against leaking current has tripped.", "Do not use the slot; have an electrician look at earth and cable."),
        ["HighTemperature"] = new(
            "The station is too hot.",
            "Free its air inlets; lower its power limit; it recovers when it has cooled down."),
        ["InternalError"] = new("Hardware or software inside the station has failed.", "Reset the station; ask for its log; bring its firmware up to date."),
        ["LocalListConflict"] = new(
            "Its own list of cards contradicts what the management system says.",
            "Have the list sent anew: switch it off and on again."),
        ["OtherError"] = new("An error that OCPP has no word for: see info and the vendor's code.", "Look the vendor's code up in the station's manual."),
        ["OverCurrentFailure"] = new("More current flowed than is allowed.", "Check the car and the fuse; lower the limit; reset the station."),
        ["OverVoltage"] = new("The voltage of the grid is too high.", "Have the connection measured; it recovers by itself when the grid does."),
        ["PowerMeterFailure"] = new("The meter cannot be read: what is charged cannot be billed.", "Reset the station; have the meter and its line checked."),
        ["PowerSwitchFailure"] = new("The power contactor does not switch.", "Do not use the slot; have the contactor replaced."),
        ["ReaderFailure"] = new("The card reader does not work.", "Reset the station; until then start sessions remotely."),
        ["ResetFailure"] = new("The station could not reset itself.", "Try a hard reset; else cut its power for a minute."),
        ["UnderVoltage"] = new("The voltage of the grid is too low.", "Have the connection measured; it recovers by itself when the grid does."),
        ["WeakSignal"] = new("The radio connection is weak.", "Move the antenna, or use another provider or a cable."),
        ["Faulted"] = new("The station reports a fault and does not say which.", "Ask for its log; reset it."),
        ["offline"] = new("The station is not connected.", "Check its power and its network; look whether others of the site are away too."),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Of every code that has words.</summary>
    public static IReadOnlyCollection<Explanation> All => Known.Values;

    /// <summary>Null for a code of a maker's own.</summary>
    public static Explanation? Find(string code) => Known.GetValueOrDefault(code);

    public static Explanation Of(string code) => Find(code)
        ?? new($"The station reports '{code}', a code of its maker.", "Look it up in the station's manual; ask for the station's log.");
}
