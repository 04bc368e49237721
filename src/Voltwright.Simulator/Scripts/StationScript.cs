using System.Text.Json;
using System.Text.Json.Serialization;
using Voltwright.Simulator.Charging;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Scripts;

/// <summary>A script for one station, JSON lines; empty lines and lines that begin with <c>#</c> are skipped.</summary>
public sealed class StationScript
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    readonly List<(int Line, ScriptStep Step)> _steps = [];

    StationScript()
    {
    }

    /// <exception cref="FormatException">A line is no step; names the line.</exception>
    public static StationScript Parse(string text)
    {
        var script = new StationScript();
        var number = 0;
        foreach (var line in text.Split('\n').Select(raw => raw.Trim()))
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            try
            {
                var step = JsonSerializer.Deserialize<ScriptStep>(line, Json)!;
                Action(step);
                script._steps.Add((number, step));
            }
            catch (Exception wrong) when (wrong is JsonException or FormatException)
            {
                throw new FormatException($"line {number}: {wrong.Message}");
            }
        }

        return script;
    }

    /// <summary>Plays the script; stops at the first line that fails and says which.</summary>
    /// <param name="progress">Hears every line before it is played.</param>
    public async Task<ScriptResult> RunAsync(
        VirtualStation station, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        foreach (var (line, step) in _steps)
        {
            progress?.Report($"line {line}: {step.Do}");
            try
            {
                var expected = Arm(station, step.Expect);
                var answer = await Action(step)(station, cancellation);
                if (step.Expect?.Answer is { } wanted && !string.Equals(wanted, answer, StringComparison.OrdinalIgnoreCase))
                    return new ScriptResult.Failed(line, $"expected the answer {wanted}, not {answer}");
                await expected;
            }
            catch (Exception failed) when (failed is TimeoutException or ArgumentOutOfRangeException or InvalidOperationException)
            {
                return new ScriptResult.Failed(line, failed.Message);
            }
        }

        return new ScriptResult.Passed(_steps.Count);
    }

    static Task Arm(VirtualStation station, ScriptExpectation? expect)
    {
        if (expect is null) return Task.CompletedTask;
        var patience = TimeSpan.FromSeconds(expect.WithinSeconds);
        var waits = new List<Task>();
        if (expect.Led is { } led)
        {
            waits.Add(station.WaitForLedAsync(
                led,
                state => (expect.Color ?? state.Color) == state.Color && (expect.Action ?? state.Action) == state.Action,
                $"{expect.Action} {expect.Color}".Trim(),
                patience));
        }

        if (expect.Slot is { } slot)
        {
            waits.Add(station.State.WaitForSlotAsync(
                slot,
                $"{expect.Status} {(expect.Locked is { } locked ? locked ? "locked" : "unlocked" : "")}".Trim(),
                state => (expect.Status ?? $"{state.Status}") == $"{state.Status}" && (expect.Locked ?? state.IsLocked) == state.IsLocked,
                patience));
        }

        return Task.WhenAll(waits);
    }

    static Func<VirtualStation, CancellationToken, Task<string>> Action(ScriptStep step) => step.Do switch
    {
        "tap" when step.Card is { } card => async (station, _) => await station.TapAsync(card, step.Slot) switch
        {
            TapResult.Decided decided => decided.Status,
            TapResult.Stopped => "stopped",
            TapResult.Reported => "reported",
            var other => other.ToString(),
        },
        "tap" => throw new FormatException("tap needs a card"),
        "plug-in" => Done((station, slot) => station.PlugInAsync(slot, VehicleOf(step)), Slot(step)),
        "unplug" => async (station, _) => await station.UnplugAsync(Slot(step)) ? "unplugged" : "held",
        "fault" => Done((station, _) => station.FaultAsync(step.Slot, step.Code ?? "OtherError", step.Info)),
        "recover" => Done((station, _) => station.RecoverAsync(step.Slot)),
        "open-door" => Done((station, _) => station.OpenDoorAsync()),
        "offline" => Done((station, _) => station.GoOfflineAsync()),
        "online" => Done((station, _) => station.GoOnlineAsync()),
        "crash" => Done((station, _) => station.CrashAsync()),
        "wait" => Pause(
            step.Seconds, "seconds", (station, amount, stop) => Task.Delay(TimeSpan.FromSeconds(amount), station.Clock.Time, stop)),
        "charge" => Pause(step.Minutes, "minutes", (station, amount, stop) => station.Clock.Delay(TimeSpan.FromMinutes(amount), stop)),
        "expect" => step.Expect is null ? throw new FormatException("expect needs an expectation") : Done((_, _) => Task.CompletedTask),
        _ => throw new FormatException($"there is no step '{step.Do}'"),
    };

    static Func<VirtualStation, CancellationToken, Task<string>> Done(Func<VirtualStation, int, Task> act, int slot = 0) =>
        async (station, _) =>
        {
            await act(station, slot);
            return "done";
        };

    static Func<VirtualStation, CancellationToken, Task<string>> Pause(
        double? amount, string name, Func<VirtualStation, double, CancellationToken, Task> pause) => amount is not { } given
        ? throw new FormatException($"{name} are missing")
        : async (station, stop) =>
        {
            await pause(station, given, stop);
            return "done";
        };

    static int Slot(ScriptStep step) => step.Slot ?? throw new FormatException($"{step.Do} needs a slot");

    static Vehicle VehicleOf(ScriptStep step)
    {
        var usual = new Vehicle();
        return new Vehicle(step.BatteryWh ?? usual.CapacityWh, step.SocPercent ?? usual.SocPercent, step.PowerW ?? usual.MaxPowerW);
    }
}

public abstract record ScriptResult
{
    public sealed record Passed(int Steps) : ScriptResult;

    public sealed record Failed(int Line, string Why) : ScriptResult;
}
