using Voltwright.Jq;

namespace Voltwright.Gateway;

/// <summary>
/// A connected, authenticated station, whatever it speaks. One command is under way at a time; more wait in a bounded queue.
/// </summary>
public interface IStationLink
{
    string StationId { get; }

    /// <summary>Unique for this connection: facts of an older connection of the same station are told apart by it.</summary>
    string LinkId { get; }

    /// <summary><c>ocpp1.6</c>, <c>ocpp2.0.1</c>, <c>ocpp2.1</c> or <c>mqtt</c>.</summary>
    string Protocol { get; }

    /// <summary>Time since it last said something; null where that is not known.</summary>
    TimeSpan? Silence => null;

    /// <summary>How the station reaches this server by HTTP: what it dialled. Null where that says nothing.</summary>
    Uri? ServerAddress => null;

    Task<CommandOutcome> SendAsync(StationCommand command, CancellationToken cancellation);

    /// <summary>Any command of the station's own protocol with its full payload.</summary>
    Task<CommandOutcome> SendRawAsync(string action, JsonValue payload, CancellationToken cancellation);

    Task CloseAsync(string reason);
}
