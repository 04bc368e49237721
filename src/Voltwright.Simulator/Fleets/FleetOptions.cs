namespace Voltwright.Simulator.Fleets;

/// <summary>A fleet and what its drivers do.</summary>
public sealed record FleetOptions
{
    /// <summary><c>ws://host:port/ocpp</c> or <c>mqtt://host:port</c>.</summary>
    public required Uri Endpoint { get; init; }

    public FleetProtocol Protocol { get; init; } = FleetProtocol.Ocpp16;

    public int Stations { get; init; } = 1;

    public int Slots { get; init; } = 2;

    /// <summary>Real time that drivers keep coming; sessions under way are then brought to their end.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The same seed lets the same drivers come in the same order.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How fast simulated time runs.</summary>
    public double Speed { get; init; } = 60;

    /// <summary>Stations are called this and a number of four digits.</summary>
    public string IdPrefix { get; init; } = "SIM";

    public string? Secret { get; init; }

    /// <summary>Card of the driver at a station, by the station's number.</summary>
    public Func<int, string> CardOf { get; init; } = number => $"SIM-CARD-{number:0000}";

    /// <summary>Stations that connect at the same time when the fleet is switched on.</summary>
    public int ConnectAtOnce { get; init; } = 50;

    public string IdOf(int number) => $"{IdPrefix}{number:0000}";
}

public enum FleetProtocol
{
    Ocpp16,
    Ocpp201,
    Ocpp21,
    Mqtt,
}
