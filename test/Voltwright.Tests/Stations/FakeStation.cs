using System.Collections.Concurrent;
using Voltwright.Gateway;
using Voltwright.Jq;
using Voltwright.Stations;

namespace Voltwright.Tests.Stations;

/// <summary>A station that does what it is told, unless a test says otherwise.</summary>
public sealed class FakeStation(string id, IStationGrain grain) : IStationLink
{
    public static readonly CommandOutcome Done = new CommandOutcome.Accepted(JsonValue.Null);

    public string StationId { get; } = id;

    public string LinkId { get; } = Guid.NewGuid().ToString("N");

    public string Protocol => "ocpp1.6";

    public IStationGrain Grain { get; } = grain;

    public ConcurrentQueue<StationCommand> Commands { get; } = new();

    public Func<StationCommand, CancellationToken, Task<CommandOutcome>> React { get; set; } = (_, _) => Task.FromResult(Done);

    public Task<CommandOutcome> SendAsync(StationCommand command, CancellationToken cancellation)
    {
        Commands.Enqueue(command);
        return React(command, cancellation);
    }

    public Task<CommandOutcome> SendRawAsync(string action, JsonValue payload, CancellationToken cancellation) => Task.FromResult(Done);

    public Task CloseAsync(string reason) => Task.CompletedTask;
}
