using System.Collections.Concurrent;
using Voltwright.Gateway;
using Voltwright.Jq;
using Voltwright.Stations;

namespace Voltwright.Server.Console.Workflows;

/// <summary>What a station of the sandbox was told, in plain words.</summary>
public sealed record SandboxCommand(DateTimeOffset At, string StationId, string What);

/// <summary>A station without hardware: it does what it is told at once, charges 5 kWh, and writes down every command.</summary>
internal sealed class SandboxStation(string stationId, IStationGrain grain, ConcurrentQueue<SandboxCommand> told, TimeProvider time) : IStationLink
{
    private const long MeterStartWh = 1_000;
    private const long ChargedWh = 5_000;

    public string StationId => stationId;

    public string LinkId { get; } = "sandbox";

    public string Protocol => "ocpp1.6";

    public async Task<CommandOutcome> SendAsync(StationCommand command, CancellationToken cancellation)
    {
        told.Enqueue(new SandboxCommand(time.GetUtcNow(), stationId, Words(command)));
        switch (command)
        {
            case StationCommand.StartCharging start:
                await grain.ChargingStarted(
                    new ChargingStartedFact(start.Slot, start.CardId, MeterStartWh, time.GetUtcNow(), null, start.SessionId));
                break;
            case StationCommand.StopCharging stop:
                await grain.ChargingStopped(new ChargingStoppedFact(
                    stop.TransactionId, stop.Slot, stop.SessionId, MeterStartWh + ChargedWh, time.GetUtcNow(), "Remote", null));
                break;
        }

        return new CommandOutcome.Accepted(JsonObject.Of(("status", "Accepted")));
    }

    public Task<CommandOutcome> SendRawAsync(string action, JsonValue payload, CancellationToken cancellation)
    {
        told.Enqueue(new SandboxCommand(time.GetUtcNow(), stationId, $"{action} {payload}"));
        return Task.FromResult<CommandOutcome>(new CommandOutcome.Accepted(JsonObject.Of(("status", "Accepted"))));
    }

    public Task CloseAsync(string reason) => Task.CompletedTask;

    private static string Words(StationCommand command) => command switch
    {
        StationCommand.SetLed led => $"light {led.Led}: {led.Action} {led.Color}{(led.DurationMs is { } ms ? $" for {ms} ms" : "")}",
        StationCommand.LockSlot slot => $"lock slot {slot.Slot}",
        StationCommand.UnlockSlot slot => $"unlock slot {slot.Slot}",
        StationCommand.StartCharging start => $"start charging at slot {start.Slot} for card {start.CardId}",
        StationCommand.StopCharging stop => $"stop charging at slot {stop.Slot}",
        _ => $"{command}",
    };
}
