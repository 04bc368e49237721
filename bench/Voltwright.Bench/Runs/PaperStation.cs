using Voltwright.Gateway;
using Voltwright.Jq;

namespace Voltwright.Bench.Runs;

/// <summary>A station that takes every command at once.</summary>
internal sealed class PaperStation(string id) : IStationLink
{
    private static readonly Task<CommandOutcome> Accepted = Task.FromResult<CommandOutcome>(new CommandOutcome.Accepted(JsonObject.Empty));

    public string StationId => id;

    public string LinkId => $"{id}-link";

    public string Protocol => "ocpp1.6";

    public Task<CommandOutcome> SendAsync(StationCommand command, CancellationToken cancellation) => Accepted;

    public Task<CommandOutcome> SendRawAsync(string action, JsonValue payload, CancellationToken cancellation) => Accepted;

    public Task CloseAsync(string reason) => Task.CompletedTask;
}
