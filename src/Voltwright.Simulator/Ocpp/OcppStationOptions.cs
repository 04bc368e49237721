using Voltwright.Ocpp.Connection;

namespace Voltwright.Simulator.Ocpp;

/// <summary>What a simulated OCPP station is and how it behaves.</summary>
public sealed record OcppStationOptions
{
    public required string Id { get; init; }

    /// <summary>The management system's endpoint without the station's id, such as <c>ws://127.0.0.1:8080/ocpp</c>.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Password of basic authentication; null sends none.</summary>
    public string? Secret { get; init; }

    public int Connectors { get; init; } = 2;

    public string Vendor { get; init; } = "Voltwright";

    public string Model { get; init; } = "Virtual 16";

    public string Firmware { get; init; } = "1.0.0";

    /// <summary>Understands the vendor's SetLed; otherwise its DataTransfer is answered UnknownVendorId.</summary>
    public bool HasLeds { get; init; } = true;

    /// <summary>A card held before the reader while it charges stops its charging at once; otherwise the station asks first.</summary>
    public bool StopsLocally { get; init; } = true;

    /// <summary>
    /// An accepted card starts charging at once where a cable is plugged in; otherwise only the management system starts.
    /// </summary>
    public bool StartsLocally { get; init; } = true;

    /// <summary>A cable begins a transaction, which a card is presented to later; 2.x only.</summary>
    public bool StartsOnPlug { get; init; }

    /// <summary>Without network the station lets anybody charge and reports it later.</summary>
    public bool ChargesOffline { get; init; }

    /// <summary>Never answers a call of the management system.</summary>
    public bool IsMute { get; init; }

    /// <summary>Says every transaction message twice, as stations do that lost the first answer.</summary>
    public bool RepeatsTransactionMessages { get; init; }

    /// <summary>Introduces itself again after every lost connection, which OCPP-J 1.6 §5.4 advises against.</summary>
    public bool BootsOnReconnect { get; init; }

    /// <summary>What the station takes to act after it agreed to a command; real time.</summary>
    public TimeSpan Reaction { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>From first to longest wait before the next attempt to connect; real time.</summary>
    public (TimeSpan First, TimeSpan Longest) BackOff { get; init; } = (TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30));

    public long MeterStartWh { get; init; } = 1_000_000;

    public PeerOptions Peer { get; init; } = new();

    public int Seed { get; init; } = 1;
}
