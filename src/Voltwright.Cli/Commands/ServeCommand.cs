using System.Collections;
using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Voltwright.Server;

namespace Voltwright.Cli.Commands;

internal static class ServeCommand
{
    private static readonly Option<string> Urls = new("--urls")
    {
        Description = "Addresses to listen at, separated by ';'.",
        DefaultValueFactory = _ => "http://127.0.0.1:8080",
    };

    private static readonly Option<string> Data = new("--data")
    {
        Description = "The folder of the database; created when missing.",
        DefaultValueFactory = _ => "./voltwright-data",
    };

    private static readonly Option<string> Workflows = new("--workflows")
    {
        Description = "The folder of the workflows deployed at start. Default: those that ship with the program.",
    };

    private static readonly Option<int> Mqtt = new("--mqtt")
    {
        Description = "The port of the MQTT broker on loopback; 0 takes a free one.",
        DefaultValueFactory = _ => 1883,
    };

    private static readonly Option<string[]> Map = new("--map")
    {
        Description = "AUTHORITY=URL: where calls of workflows to that authority really go.",
    };

    private static readonly Option<string[]> Allow = new("--allow")
    {
        Description = "An authority workflows may call although it is on loopback or in a private network.",
    };

    private static readonly Option<string> KeepRuns = new("--keep-runs")
    {
        Description = "Forget runs that ended longer ago than that: 30d, 12h.",
        DefaultValueFactory = _ => "30d",
    };

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Log what happens, not only what goes wrong." };

    public static Command Create()
    {
        var command = new Command("serve", "Run the server.") { Urls, Data, Workflows, Mqtt, Map, Allow, KeepRuns, Verbose };
        Permissions.AddTo(command);
        return command.Runs(ServeAsync);
    }

    /// <summary>The workflows that ship, beside the executable.</summary>
    public static string ShippedWorkflows { get; } = Path.Combine(AppContext.BaseDirectory, "workflows");

    private static Dictionary<string, string?> TelemetrySettings() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Where(v => ((string)v.Key).StartsWith("OTEL_", StringComparison.Ordinal)).ToDictionary(v => (string)v.Key, v => (string?)v.Value);

    private static async Task<int> ServeAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var options = new ServerOptions
        {
            Urls = parsed.GetValue(Urls)!,
            DataFolder = parsed.GetValue(Data)!,
            WorkflowsFolder = parsed.GetValue(Workflows) ?? ShippedWorkflows,
            MqttPort = parsed.GetValue(Mqtt),
            RunsKeptFor = Options.Duration(parsed.GetValue(KeepRuns)!),
            AdministratorKey = Environment.GetEnvironmentVariable("VOLTWRIGHT_ADMIN_KEY"),
            Map = (parsed.GetValue(Map) ?? []).Select(Options.Mapping).ToDictionary(m => m.Authority, m => m.Address),
            Allow = parsed.GetValue(Allow) ?? [],
            Invocations = Permissions.Read(parsed, parsed.GetValue(Workflows) ?? ShippedWorkflows),
            Telemetry = TelemetrySettings(),
            LogLevel = parsed.GetValue(Verbose) ? LogLevel.Information : LogLevel.Warning,
        };
        try
        {
            await using var app = VoltwrightServer.Build(options);
            await app.StartAsync(cancellation);
            await Console.Error.WriteLineAsync(
                $"Voltwright answers at {VoltwrightServer.AddressOf(app)}, its data is in {Path.GetFullPath(options.DataFolder)}.");
            await app.WaitForShutdownAsync(cancellation);
            return ExitCode.Success;
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
}
