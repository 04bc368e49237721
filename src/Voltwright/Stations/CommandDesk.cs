using Voltwright.Cluster;
using Voltwright.Gateway;

namespace Voltwright.Stations;

/// <summary>Sends commands and waits a bounded time; says what came of them in the words of refusals.</summary>
public sealed class CommandDesk(StationRoutes routes, ChargingOptions options, TimeProvider clock)
{
    public async Task<CommandOutcome> SendAsync(string stationId, StationCommand command, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(options.StationPatience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            return await routes.SendAsync(stationId, command, both.Token).WaitAsync(both.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return new CommandOutcome.Silent(options.StationPatience);
        }
    }

    /// <summary>The station's answer, or why there is none.</summary>
    public async Task<Outcome<StationAnswer>> AskAsync(string stationId, StationCommand command, CancellationToken cancellation) =>
        await SendAsync(stationId, command, cancellation) switch
        {
            CommandOutcome.Accepted accepted => new StationAnswer(accepted.Answer),
            var other => RefusalOf(stationId, other),
        };

    internal static Refusal RefusalOf(string stationId, CommandOutcome outcome) => outcome switch
    {
        CommandOutcome.Offline => new(RefusalKind.StationOffline, $"Station {stationId} is not connected."),
        CommandOutcome.Silent silent =>
            new(RefusalKind.StationSilent, $"Station {stationId} gave no answer within {silent.Waited.TotalSeconds:0} s."),
        CommandOutcome.Malformed malformed => new(RefusalKind.Invalid, malformed.Problems),
        CommandOutcome.Unsupported => new(RefusalKind.StationRefused, $"Station {stationId} cannot do that: {Reason(outcome)}"),
        _ => new(RefusalKind.StationRefused, $"Station {stationId} refused: {Reason(outcome)}"),
    };

    internal static string Reason(CommandOutcome outcome) => outcome switch
    {
        CommandOutcome.Rejected rejected => rejected.Reason,
        CommandOutcome.Unsupported unsupported => unsupported.Reason,
        CommandOutcome.Malformed malformed => malformed.Problems,
        CommandOutcome.Silent => "no answer",
        CommandOutcome.Offline => "not connected",
        _ => "accepted",
    };
}

/// <summary>What a station answered, in words that all versions share.</summary>
public sealed record StationAnswer(Voltwright.Jq.JsonValue Answer);
