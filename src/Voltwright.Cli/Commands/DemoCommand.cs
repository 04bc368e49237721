using System.CommandLine;
using Spectre.Console;
using Voltwright.Cli.Demo;
using Voltwright.Server;

namespace Voltwright.Cli.Commands;

/// <summary>Plays the use case with everything real but the cars.</summary>
internal static class DemoCommand
{
    private static readonly Option<bool> Keep = new("--keep") { Description = "Leave everything running afterwards, until Ctrl+C." };

    public static Command Create() => new Command("demo", "Play the five paths of the use case.") { Keep }.Runs(PlayAsync);

    private static async Task<int> PlayAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var teller = new Teller(Terminal.Results, TimeProvider.System);
        try
        {
            await using var stage = await Stage.SetAsync(cancellation);
            teller.Say($"The server answers at {stage.Address}, MQTT at port {stage.MqttPort}; two stations are connected.");
            var ended = await TellAsync(stage, teller);
            if (parsed.GetValue(Keep))
                await KeepAsync(stage, cancellation);
            return ended ? ExitCode.Success : ExitCode.Failed;
        }
        catch (StartupException e)
        {
            throw new UsageException($"{e.Place}: {e.Detail} {e.Remedy}");
        }
        catch (IOException e)
        {
            // The MQTT broker's port is taken, mostly; the message says what and how to go on.
            throw new UsageException(e.Message);
        }
    }

    private static async Task<bool> TellAsync(Stage stage, Teller teller)
    {
        var play = new Play(stage, teller, TimeProvider.System);
        try
        {
            await play.FirstScanAsync();
            await play.SecondScanAsync();
            await play.NoSlotAsync();
            await play.FaultAsync();
            await play.UnsupportedEventAsync();
            await play.ReconcileAsync();
            teller.Done("All five paths ended as they must.");
            return true;
        }
        catch (Exception e) when (e is DemoFailure or TimeoutException)
        {
            teller.Failed(e.Message);
            return false;
        }
    }

    private static async Task KeepAsync(Stage stage, CancellationToken cancellation)
    {
        await Console.Error.WriteLineAsync($"Still running. Console: {stage.Address} (API described at {stage.Address}docs).");
        await Console.Error.WriteLineAsync($"Administrator key, to sign in with: {stage.AdministratorKey}");
        await Console.Error.WriteLineAsync("Ctrl+C ends it.");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C is how this is meant to end.
        }
    }
}
