namespace Voltwright.Gateway;

/// <summary>What the domain asks of a station, in the words of the use case. Slots count from 1.</summary>
[GenerateSerializer, Immutable]
public abstract partial record StationCommand
{
    private StationCommand()
    {
    }

    /// <param name="Led"><c>main</c> or a slot's number.</param>
    /// <param name="Action"><c>on</c>, <c>off</c> or <c>flicker</c>.</param>
    /// <param name="Color">A CSS colour name or <c>#rrggbb</c>; null keeps the colour.</param>
    /// <param name="DurationMs">After that long the LED goes back to what it showed; null lasts.</param>
    [GenerateSerializer, Immutable]
    public sealed record SetLed(string Led, string Action, string? Color, int? DurationMs) : StationCommand
    {
        /// <summary>In the answer of a station that shows something else instead: what it shows.</summary>
        public const string ShownAs = "shownAs";
    }

    [GenerateSerializer, Immutable]
    public sealed record LockSlot(int Slot) : StationCommand;

    [GenerateSerializer, Immutable]
    public sealed record UnlockSlot(int Slot) : StationCommand;

    [GenerateSerializer, Immutable]
    public sealed record StartCharging(int Slot, string SessionId, string CardId) : StationCommand;

    /// <param name="TransactionId">The station's own or our number for the running transaction; null when it has none.</param>
    [GenerateSerializer, Immutable]
    public sealed record StopCharging(int Slot, string SessionId, string? TransactionId) : StationCommand;

    /// <param name="GroupId">Any card of that group may use the reservation; null leaves it to the card.</param>
    [GenerateSerializer, Immutable]
    public sealed record ReserveSlot(int Slot, int ReservationId, string CardId, DateTimeOffset ExpiresAt, string? GroupId = null) : StationCommand;

    [GenerateSerializer, Immutable]
    public sealed record CancelReservation(int ReservationId) : StationCommand;

    /// <param name="Slot">Null means the whole station.</param>
    [GenerateSerializer, Immutable]
    public sealed record SetAvailability(int? Slot, bool Operative) : StationCommand;

    /// <param name="Kind"><c>soft</c> or <c>hard</c>.</param>
    [GenerateSerializer, Immutable]
    public sealed record Reset(string Kind) : StationCommand;
}

/// <summary>How a command ended.</summary>
[GenerateSerializer, Immutable]
public abstract record CommandOutcome
{
    private CommandOutcome()
    {
    }

    /// <summary>The station did it, or took it on.</summary>
    [GenerateSerializer, Immutable]
    public sealed record Accepted(Voltwright.Jq.JsonValue Answer) : CommandOutcome;

    [GenerateSerializer, Immutable]
    public sealed record Rejected(string Reason) : CommandOutcome;

    /// <summary>This station has no such thing; what was asked is recorded, nothing is sent again.</summary>
    [GenerateSerializer, Immutable]
    public sealed record Unsupported(string Reason) : CommandOutcome;

    /// <summary>The command is wrong in itself; nothing was sent.</summary>
    [GenerateSerializer, Immutable]
    public sealed record Malformed(string Problems) : CommandOutcome;

    /// <summary>No answer in time: unknown whether it was done.</summary>
    [GenerateSerializer, Immutable]
    public sealed record Silent(TimeSpan Waited) : CommandOutcome;

    [GenerateSerializer, Immutable]
    public sealed record Offline : CommandOutcome;
}
