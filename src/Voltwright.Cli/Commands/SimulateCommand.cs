using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Voltwright.Ocpp;
using Voltwright.Simulator;
using Voltwright.Simulator.Fleets;
using Voltwright.Simulator.Mqtt;
using Voltwright.Simulator.Ocpp;
using Voltwright.Simulator.Ocpp2;
using Voltwright.Simulator.Scripts;

namespace Voltwright.Cli.Commands;

/// <summary>Virtual stations against any management system: a fleet with drivers, or one station that plays a script.</summary>
internal static class SimulateCommand
{
    private static readonly Option<string> Url = new("--url")
    {
        Description = "The management system: ws://host:port/ocpp (the station's id is appended), or mqtt://host:port.",
        Required = true,
    };

    private static readonly Option<string> Protocol = new("--protocol")
    {
        Description = "ocpp1.6, ocpp2.0.1, ocpp2.1 or mqtt.",
        DefaultValueFactory = _ => "ocpp1.6",
    };

    private static readonly Option<int> Stations = new("--stations")
    {
        Description = "How many stations.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<int> Slots = new("--slots")
    {
        Description = "Slots of each station.",
        DefaultValueFactory = _ => 2,
    };

    private static readonly Option<string> For = new("--duration")
    {
        Description = "How long drivers keep coming.",
        DefaultValueFactory = _ => "30s",
    };

    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "The same seed, the same drivers.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<double> Speed = new("--speed")
    {
        Description = "How fast simulated time runs.",
        DefaultValueFactory = _ => 60,
    };

    private static readonly Option<string> Id = new("--id")
    {
        Description = "Stations are called this and a number; with --script just this.",
        DefaultValueFactory = _ => "SIM",
    };

    private static readonly Option<string> Secret = new("--secret") { Description = "The stations' password." };
    private static readonly Option<string[]> Cards = new("--card") { Description = "Cards of the drivers; repeat it for several." };
    private static readonly Option<string> Script = new("--script") { Description = "JSON lines for one station to play, '-' for stdin." };
    private static readonly Option<bool> AsJson = new("--json") { Description = "Print the report as JSON." };

    static SimulateCommand() => Protocol.AcceptOnlyFromAmong("ocpp1.6", "ocpp2.0.1", "ocpp2.1", "mqtt");

    public static Command Create() => new Command("simulate", "Simulate stations and their drivers.")
    {
        Url, Protocol, Stations, Slots, For, Seed, Speed, Id, Secret, Cards, Script, AsJson,
    }.Runs((parsed, cancellation) => parsed.GetValue(Script) is { } script
        ? PlayAsync(parsed, script, cancellation)
        : DriveAsync(parsed, cancellation));

    private static async Task<int> DriveAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var cards = parsed.GetValue(Cards) ?? [];
        var options = new FleetOptions
        {
            Endpoint = Endpoint(parsed),
            Protocol = parsed.GetValue(Protocol) switch
            {
                "mqtt" => FleetProtocol.Mqtt,
                "ocpp2.0.1" => FleetProtocol.Ocpp201,
                "ocpp2.1" => FleetProtocol.Ocpp21,
                _ => FleetProtocol.Ocpp16,
            },
            Stations = Positive(parsed.GetValue(Stations), "--stations"),
            Slots = Positive(parsed.GetValue(Slots), "--slots"),
            Duration = Options.Duration(parsed.GetValue(For)!),
            Seed = parsed.GetValue(Seed),
            Speed = SpeedOf(parsed),
            IdPrefix = parsed.GetValue(Id)!,
            Secret = parsed.GetValue(Secret),
        };
        if (cards.Length > 0)
            options = options with { CardOf = number => cards[(number - 1) % cards.Length] };
        var progress = new Progress<FleetReport>(Tell);
        var report = await new Fleet(options).RunAsync(Console.IsErrorRedirected ? null : progress, cancellation);
        Print(report, parsed.GetValue(AsJson));
        return report.Violations.Count == 0 && report.Connected == report.Stations ? ExitCode.Success : ExitCode.Failed;
    }

    private static async Task<int> PlayAsync(ParseResult parsed, string file, CancellationToken cancellation)
    {
        StationScript script;
        try
        {
            script = StationScript.Parse(await Options.ReadAsync(file, cancellation));
        }
        catch (FormatException wrong)
        {
            throw new UsageException($"{file}, {wrong.Message}");
        }

        await using var station = Station(parsed);
        try
        {
            await station.StartAsync(cancellation);
        }
        catch (TimeoutException refused)
        {
            await Console.Error.WriteLineAsync($"voltwright simulate: {refused.Message}");
            return ExitCode.Failed;
        }

        var result = await script.RunAsync(station, new Progress<string>(Console.Error.WriteLine), cancellation);
        if (result is not ScriptResult.Failed failed)
            return ExitCode.Success;
        await Console.Error.WriteLineAsync($"{file}:{failed.Line}: {failed.Why}");
        return ExitCode.Failed;
    }

    private static VirtualStation Station(ParseResult parsed)
    {
        var clock = new SimulationClock(TimeProvider.System, SpeedOf(parsed));
        var (endpoint, id, slots) = (Endpoint(parsed), parsed.GetValue(Id)!, Positive(parsed.GetValue(Slots), "--slots"));
        var ocpp = new OcppStationOptions { Id = id, Endpoint = endpoint, Secret = parsed.GetValue(Secret), Connectors = slots };
        return parsed.GetValue(Protocol) switch
        {
            "mqtt" => new MqttStation(
                new MqttStationOptions
                {
                    Id = id,
                    Host = endpoint.Host,
                    Port = endpoint.Port > 0 ? endpoint.Port : 1883,
                    Secret = parsed.GetValue(Secret),
                    Slots = slots,
                },
                clock),
            "ocpp2.0.1" => new Ocpp2Station(ocpp, OcppVersion.V201, clock),
            "ocpp2.1" => new Ocpp2Station(ocpp, OcppVersion.V21, clock),
            _ => new OcppStation(ocpp, clock),
        };
    }

    private static Uri Endpoint(ParseResult parsed)
    {
        var text = parsed.GetValue(Url)!;
        string[] schemes = parsed.GetValue(Protocol) == "mqtt" ? ["mqtt"] : ["ws", "wss"];
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && schemes.Contains(url.Scheme)
            ? url
            : throw new UsageException($"--url '{text}' is no {string.Join(":// or ", schemes)}:// address.");
    }

    private static int Positive(int value, string option) =>
        value > 0 ? value : throw new UsageException($"{option} {value} is not a positive number.");

    private static double SpeedOf(ParseResult parsed) => parsed.GetValue(Speed) is > 0 and <= 100_000 and var speed
        ? speed
        : throw new UsageException("--speed lies above 0 and at most at 100000.");

    private static void Tell(FleetReport report)
    {
        var counts = $"{report.Connected} stations, sessions {report.SessionsStarted}, ended {report.SessionsEnded}";
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Elapsed.TotalSeconds,5:0} s  {counts}"));
    }

    private static void Print(FleetReport report, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
            return;
        }

        var table = new Table().AddColumn("What").AddColumn("Result");
        (string, FormattableString)[] rows =
        [
            ("stations connected", $"{report.Connected} of {report.Stations}"),
            ("sessions started", $"{report.SessionsStarted}"),
            ("sessions ended", $"{report.SessionsEnded}"),
            ("taps without a session", $"{report.RefusedTaps}"),
            ("energy", $"{report.EnergyWh / 1000m:0.000} kWh"),
            ("messages", $"{report.Messages}, {report.MessagesPerSecond:0} a second"),
            ("answers, p50 and p99", $"{report.AnswerP50.TotalMilliseconds:0.0} ms, {report.AnswerP99.TotalMilliseconds:0.0} ms"),
            ("violations", $"{report.Violations.Count}"),
        ];
        foreach (var (what, result) in rows)
            table.AddRow(what, FormattableString.Invariant(result));
        AnsiConsole.Write(table);
        foreach (var violation in report.Violations)
            Console.WriteLine(violation);
    }
}
