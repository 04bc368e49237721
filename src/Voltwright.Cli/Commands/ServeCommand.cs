using System.Collections;
using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Voltwright.Automation;
using Voltwright.Forwarding.Publications;
using Voltwright.Server;
using Voltwright.Server.Hosting;
using Voltwright.Storage.Postgres;

namespace Voltwright.Cli.Commands;

internal static class ServeCommand
{
    public const string Name = "serve";

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

    private static readonly Option<string> Postgres = new("--postgres")
    {
        Description = "Keep everything in that PostgreSQL database instead: 'Host=…;Database=…;Username=…;Password=…'. "
            + "Default: VOLTWRIGHT_POSTGRES, where no other user sees it.",
    };

    private static readonly Option<string> KeepHistory = new("--keep-history")
    {
        Description = "With --postgres: drop events and records of months that ended longer ago than that: 400d. Default: keep all.",
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

    private static readonly Option<LifecyclePublication> Lifecycle = new("--lifecycle")
    {
        Description = "Which lifecycle events of runs are published: none, workflow, or all with those of tasks.",
        DefaultValueFactory = _ => LifecyclePublication.None,
    };

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Log what happens, not only what goes wrong." };

    private static readonly Option<string[]> Publish = new("--publish")
    {
        Description = "NAME=mqtt://HOST/TOPIC or NAME=kafka://HOST/TOPIC: publish the committed events there; {subject} and {type} stand for the "
            + "event's, ?types=, &subjects=, &mode=binary and &user= say more. The password is VOLTWRIGHT_PUBLISH_<NAME>_PASSWORD.",
    };

    private static readonly Option<string> Format = new("--log-format")
    {
        Description = "text for people, json for collectors: one object a line.",
        DefaultValueFactory = _ => "text",
    };

    static ServeCommand() => Format.AcceptOnlyFromAmong("text", "json");

    public static Command Create()
    {
        var command = new Command(Name, "Run the server.")
        {
            Urls, Data, Postgres, KeepHistory, Workflows, Mqtt, Map, Allow, KeepRuns, Lifecycle, Verbose, Format, Publish,
        };
        Nodes.AddTo(command);
        SecretOptions.AddTo(command);
        Permissions.AddTo(command);
        StationSide.AddTo(command);
        IdentityOptions.AddTo(command);
        PaymentOptions.AddTo(command);
        return command.Runs(ServeAsync);
    }

    /// <summary>The workflows that ship, beside the executable.</summary>
    public static string ShippedWorkflows { get; } = Path.Combine(AppContext.BaseDirectory, "workflows");

    private static string PlaceOf(ServerOptions options) => options.Postgres is null ? Path.GetFullPath(options.DataFolder) : "PostgreSQL";

    private static Dictionary<string, string?> TelemetrySettings() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Where(v => ((string)v.Key).StartsWith("OTEL_", StringComparison.Ordinal)).ToDictionary(v => (string)v.Key, v => (string?)v.Value);

    private static PostgresOptions? PostgresOf(ParseResult parsed) =>
        (parsed.GetValue(Postgres) ?? Environment.GetEnvironmentVariable("VOLTWRIGHT_POSTGRES")) is { Length: > 0 } connection
            ? new PostgresOptions(connection) { HistoryKept = parsed.GetValue(KeepHistory) is { } kept ? Options.Duration(kept) : null }
            : null;

    private static Publication Published(string text)
    {
        try
        {
            return Publication.Parse(text, name => Environment.GetEnvironmentVariable(
                $"VOLTWRIGHT_PUBLISH_{name.ToUpperInvariant().Replace('-', '_')}_PASSWORD"));
        }
        catch (FormatException e)
        {
            throw new UsageException($"--publish '{text}': {e.Message}.");
        }
    }

    private static async Task<int> ServeAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var notices = parsed.GetValue(Format) == "json" ? new JsonNotices(Console.Error) : Console.Error;
        var options = new ServerOptions
        {
            Urls = parsed.GetValue(Urls)!,
            DataFolder = parsed.GetValue(Data)!,
            Postgres = PostgresOf(parsed),
            Node = Nodes.Read(parsed, PostgresOf(parsed) is not null),
            Drain = Nodes.ReadDrain(parsed),
            WorkflowsFolder = parsed.GetValue(Workflows) ?? ShippedWorkflows,
            MqttPort = parsed.GetValue(Mqtt),
            RunsKeptFor = Options.Duration(parsed.GetValue(KeepRuns)!),
            AdministratorKey = Environment.GetEnvironmentVariable("VOLTWRIGHT_ADMIN_KEY"),
            Map = (parsed.GetValue(Map) ?? []).Select(Options.Mapping).ToDictionary(m => m.Authority, m => m.Address),
            Allow = parsed.GetValue(Allow) ?? [],
            Invocations = Permissions.Read(parsed, parsed.GetValue(Workflows) ?? ShippedWorkflows),
            Secrets = SecretOptions.Read(parsed),
            Lifecycle = parsed.GetValue(Lifecycle),
            IdentityProvider = IdentityOptions.Read(parsed),
            Stripe = PaymentOptions.Read(parsed),
            Publications = [.. (parsed.GetValue(Publish) ?? []).Select(Published)],
            Telemetry = TelemetrySettings(),
            LogLevel = parsed.GetValue(Verbose) ? LogLevel.Information : LogLevel.Warning,
            LogFormat = parsed.GetValue(Format) == "json" ? LogFormat.Json : LogFormat.Text,
            Notices = notices,
        };
        // In a process of its own only: others, as tests, have several servers in one, and a heap that is theirs.
        options = StationSide.Read(parsed, options) with { Services = services => services.AddHostedService<IdleCollector>() };
        try
        {
            await using var app = VoltwrightServer.Build(options);
            await app.StartAsync(cancellation);
            await notices.WriteLineAsync($"Voltwright answers at {VoltwrightServer.AddressOf(app)}, its data is in {PlaceOf(options)}.");
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
