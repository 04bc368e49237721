using Voltwright.Jq;

namespace Voltwright.Gateway.Mqtt;

/// <summary>A native station that listens for commands.</summary>
public sealed class MqttStationLink(
    string stationId, string linkId, GatewayOptions options, TimeProvider time, Func<JsonValue, Task> publish, Func<string, Task> close)
    : IStationLink, IDisposable
{
    private readonly CommandLane _lane = new(options.CommandsInLine);
    private readonly CancellationTokenSource _closed = new();
    private Awaited? _underWay;

    public string StationId => stationId;

    public string LinkId => linkId;

    public string Protocol => "mqtt";

    public Task<CommandOutcome> SendAsync(StationCommand command, CancellationToken cancellation) =>
        MqttCommand.From(command) is { } known
            ? SendAsync(known, cancellation)
            : Task.FromResult<CommandOutcome>(
                new CommandOutcome.Unsupported($"Native stations have no command for {command.GetType().Name}."));

    public Task<CommandOutcome> SendRawAsync(string action, JsonValue payload, CancellationToken cancellation) =>
        MqttCommand.Types.Contains(action)
            ? SendAsync(new MqttCommand(action, payload), cancellation)
            : Task.FromResult<CommandOutcome>(new CommandOutcome.Unsupported(
                $"Native stations have no command '{action}'; they know {string.Join(", ", MqttCommand.Types.Order())}."));

    public Task CloseAsync(string reason) => close(reason);

    /// <summary>False when nothing waits for that reply: it came too late, twice, or was never asked for.</summary>
    public bool Replied(JsonValue reply) =>
        Volatile.Read(ref _underWay) is { } awaited && reply["id"] == awaited.Id && awaited.Reply.TrySetResult(reply);

    public void Disconnected()
    {
        _closed.Cancel();
        Volatile.Read(ref _underWay)?.Reply.TrySetCanceled();
    }

    public void Dispose()
    {
        _lane.Dispose();
        _closed.Dispose();
    }

    private Task<CommandOutcome> SendAsync(MqttCommand command, CancellationToken cancellation) =>
        _lane.RunAsync(() => ExchangeAsync(command, cancellation), cancellation);

    private async Task<CommandOutcome> ExchangeAsync(MqttCommand command, CancellationToken cancellation)
    {
        var awaited = new Awaited(Guid.NewGuid().ToString("N"), new(TaskCreationOptions.RunContinuationsAsynchronously));
        Volatile.Write(ref _underWay, awaited);
        if (_closed.IsCancellationRequested)
            return new CommandOutcome.Offline();
        try
        {
            await publish(command.ToMessage(awaited.Id));
            return Judge(await awaited.Reply.Task.WaitAsync(options.CommandTimeout, time, cancellation));
        }
        catch (TimeoutException)
        {
            return new CommandOutcome.Silent(options.CommandTimeout);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new CommandOutcome.Offline();
        }
        finally
        {
            Volatile.Write(ref _underWay, null);
        }
    }

    private static CommandOutcome Judge(JsonValue reply)
    {
        var reason = reply["reason"].TryGetString(out var text) ? text : "The station gave no reason.";
        return reply["status"].TryGetString(out var status) ? status switch
        {
            "accepted" => new CommandOutcome.Accepted(reply),
            "unsupported" => new CommandOutcome.Unsupported(reason),
            _ => new CommandOutcome.Rejected(reason),
        }
        : new CommandOutcome.Rejected("The station's reply has no status.");
    }

    private sealed record Awaited(string Id, TaskCompletionSource<JsonValue> Reply);
}
