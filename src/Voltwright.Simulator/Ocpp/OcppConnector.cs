using Voltwright.Simulator.Charging;

namespace Voltwright.Simulator.Ocpp;

/// <summary>What a station keeps about one connector beside what can be seen of it. Guarded by the station's lock.</summary>
sealed class OcppConnector(int number)
{
    public int Number => number;

    public Vehicle? Vehicle { get; set; }

    public OcppTransaction? Transaction { get; set; }

    /// <summary>A card that was accepted, or a remote start, and waits for the cable.</summary>
    public (string IdTag, DateTimeOffset Until)? Authorized { get; set; }

    public Reservation? Reservation { get; set; }

    public bool IsInoperative { get; set; }

    /// <summary>The cable does not come free although it should.</summary>
    public bool IsJammed { get; set; }
}

sealed record Reservation(int Id, string IdTag, string? ParentIdTag, DateTimeOffset Until);
