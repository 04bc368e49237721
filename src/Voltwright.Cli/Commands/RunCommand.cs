using System.CommandLine;
using System.Text;
using Voltwright.Automation;
using Voltwright.Automation.Invocations;
using Voltwright.Jq;
using Voltwright.Workflows;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Runs;

namespace Voltwright.Cli.Commands;

/// <summary>Runs one workflow in memory: for authors, scripts and conformance suites.</summary>
internal static class RunCommand
{
    private static readonly Argument<string> File = new("file") { Description = "The workflow, YAML or JSON." };

    private static readonly Option<string> Input = new("--input")
    {
        Description = "A file with the input, YAML or JSON; - reads stdin. For a workflow started by events: the array of them.",
    };

    private static readonly Option<string[]> Event = new("--event")
    {
        Description = "A file with a CloudEvent that starts the workflow or reaches it; in order.",
    };

    private static readonly Option<string> Workflows = new("--workflows")
    {
        Description = "Where the workflows are that it runs; beside the file unless given.",
    };

    private static readonly Option<string[]> Map = new("--map") { Description = "AUTHORITY=URL: where calls to that authority really go." };
    private static readonly Option<string[]> Allow = new("--allow") { Description = "An authority that may be on loopback or in a private network." };
    private static readonly Option<string> Trace = new("--trace") { Description = "Write a JSON line for every task event to that file; - for stdout." };
    private static readonly Option<string> Timeout = new("--timeout") { Description = "Cancel the run after that long: 30s, 5m, PT1H." };

    public static Command Create()
    {
        var command = new Command("run", "Run one workflow to its end, without a server.")
        {
            File, Input, Event, Workflows, Map, Allow, Trace, Timeout,
        };
        SecretOptions.AddTo(command);
        Permissions.AddTo(command);
        return command.Runs(RunAsync);
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var caller = new HttpCaller(
            new HttpCallerOptions
            {
                Routes = new HttpRoutes(
                    (parsed.GetValue(Map) ?? []).Select(Options.Mapping).ToDictionary(m => m.Authority, m => m.Address), parsed.GetValue(Allow)),
            },
            TimeProvider.System);
        var secrets = SecretOptions.Read(parsed);
        var loader = new DefinitionLoader(caller, Beside(parsed), secrets);
        if (await LoadAsync(loader, parsed.GetValue(File)!, cancellation) is not { } program)
            return ExitCode.Failed;
        var events = await EventsAsync(parsed, cancellation);
        var (input, others) = await InputAsync(program, parsed, [.. events.Select(e => e.Envelope)], cancellation);
        await using var trace = OpenTrace(parsed.GetValue(Trace));
        var runner = new LocalRunner(program, caller, TimeProvider.System)
        {
            Secrets = secrets,
            Trace = entry => trace?.WriteLine(((JsonValue)entry.ToJson()).ToString()),
            Lifecycle = trace is null ? null : e => trace.WriteLine(((JsonValue)JsonObject.Of(("event", "lifecycle"), ("cloudEvent", e))).ToString()),
            Timeout = parsed.GetValue(Timeout) is { } limit ? Options.Duration(limit) : null,
            Events = others,
            Workflows = Folder(parsed, loader).Find,
            Invoker = new Invoker(Permissions.Read(parsed, Beside(parsed)), caller, TimeProvider.System),
        };
        var run = await runner.RunAsync(Guid.CreateVersion7().ToString(), input, cancellation);
        if (trace is not null)
            await trace.FlushAsync(cancellation);
        foreach (var (path, envelope) in events.Where(e => run.Unused.Contains(e.Envelope)))
            await Console.Error.WriteLineAsync($"voltwright run: the event in '{path}' (type {envelope["type"]}) matches nothing; skipped.");
        return Report(run, parsed);
    }

    private static WorkflowFolder Folder(ParseResult parsed, DefinitionLoader loader)
    {
        if (parsed.GetValue(Workflows) is { } given && !Directory.Exists(given))
            throw new UsageException($"--workflows '{given}' is no folder.");
        return new WorkflowFolder(parsed.GetValue(Workflows) ?? Beside(parsed), finding => Console.Error.WriteLine(finding), loader);
    }

    private static string Beside(ParseResult parsed) =>
        parsed.GetValue(File) is "-" or null ? "." : Path.GetDirectoryName(Path.GetFullPath(parsed.GetValue(File)!))!;

    private static int Report(LocalRun run, ParseResult parsed)
    {
        switch (run.State.Status)
        {
            case RunStatus.Completed:
                Console.WriteLine(Text(run.State.Output));
                return ExitCode.Success;
            case RunStatus.Faulted:
                Console.WriteLine(Text(run.State.Error));
                return ExitCode.Failed;
            case RunStatus.Cancelled:
                Console.Error.WriteLine(run.TimedOut ? $"voltwright run: cancelled after {parsed.GetValue(Timeout)}." : "voltwright run: cancelled.");
                return ExitCode.Failed;
            default:
                Console.Error.WriteLine("voltwright run: the workflow still listens, and there is no further event; give it with --event.");
                return ExitCode.Failed;
        }
    }

    private static string Text(JsonValue value) => Console.IsOutputRedirected ? value.ToString() : value.ToIndentedString();

    /// <summary>Null when the definition is one, but cannot run: what it would end in has been told.</summary>
    private static async Task<WorkflowProgram?> LoadAsync(DefinitionLoader loader, string file, CancellationToken cancellation)
    {
        var text = await Options.ReadAsync(file, cancellation);
        var compilation = (await loader.LoadAsync(text, file, cancellation)).Compilation;
        foreach (var finding in compilation.Findings.Where(f => f.Severity == FindingSeverity.Error))
            await Console.Error.WriteLineAsync(finding.ToString());
        if (compilation.Program is { } program)
            return program;
        if (DefinitionProblem.Of(text, file, compilation.Findings) is not { } problem)
            throw new UsageException($"'{file}' cannot run; see above.");
        Console.WriteLine(Text(problem));
        return null;
    }

    private static async Task<List<(string File, JsonValue Envelope)>> EventsAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var events = new List<(string, JsonValue)>();
        foreach (var path in parsed.GetValue(Event) ?? [])
            events.Add((path, await ValueAsync(path, cancellation)));
        return events;
    }

    /// <summary>The input, and the events that are no part of it.</summary>
    private static async Task<(JsonValue Input, IReadOnlyList<JsonValue> Others)> InputAsync(
        WorkflowProgram program, ParseResult parsed, IReadOnlyList<JsonValue> events, CancellationToken cancellation)
    {
        JsonValue input = parsed.GetValue(Input) is { } file ? await ValueAsync(file, cancellation) : default;
        if (events.Count == 0 || program.Trigger is not { } trigger)
            return (input, events);
        var (made, others) = LocalRunner.InputOf(trigger, events);
        if (made is null && input.IsNull)
        {
            foreach (var other in others)
                await Console.Error.WriteLineAsync($"voltwright run: the event of type {other["type"]} matches nothing; skipped.");
            throw new UsageException("none of the events starts the workflow.");
        }

        return (made ?? input, others);
    }

    private static async Task<JsonValue> ValueAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return WorkflowReader.ReadValue(await Options.ReadAsync(path, cancellation));
        }
        catch (FormatException e)
        {
            throw new UsageException($"'{path}' is neither JSON nor YAML: {e.Message}");
        }
    }

    private static StreamWriter? OpenTrace(string? path)
    {
        try
        {
            return path switch
            {
                null => null,
                "-" => new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true },
                _ => new StreamWriter(path, false, new UTF8Encoding(false)),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot write the trace to '{path}': {e.Message}");
        }
    }
}
