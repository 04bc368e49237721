using Voltwright.Ocpp.V201.Types;
using Voltwright.Simulator.Charging;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>What a station keeps about one EVSE, which has one connector, beside what can be seen of it. Guarded by the station's lock.</summary>
sealed class Evse(int number)
{
    public int Number => number;

    public EVSE Name { get; } = new() { Id = number, ConnectorId = 1 };

    public Vehicle? Vehicle { get; set; }

    public Ocpp2Transaction? Transaction { get; set; }

    /// <summary>A card that was accepted, or a remote start, and waits for the cable.</summary>
    public (string CardId, DateTimeOffset Until, int? RemoteStartId)? Authorized { get; set; }

    public Booking? Booking { get; set; }

    public bool IsInoperative { get; set; }

    /// <summary>The cable does not come free although it should.</summary>
    public bool IsJammed { get; set; }

    /// <summary>What was told last; only a change is told.</summary>
    public Voltwright.Ocpp.V201.ConnectorStatus? Told { get; set; }
}

sealed record Booking(int Id, string CardId, string? GroupId, DateTimeOffset Until);
