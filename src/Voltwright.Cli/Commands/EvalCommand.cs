using System.Buffers;
using System.CommandLine;
using System.Text;
using Voltwright.Jq;

namespace Voltwright.Cli.Commands;

/// <summary>jq on the command line.</summary>
internal static class EvalCommand
{
    private const int OutputBuffer = 1 << 16;

    private static readonly Argument<string> Program = new("program")
    {
        Description = "The jq program.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string[]> Arg = new("--arg")
    {
        Description = "--arg NAME VALUE binds $NAME to the text.",
    };

    private static readonly Option<string[]> ArgJson = new("--argjson")
    {
        Description = "--argjson NAME JSON binds $NAME to the value.",
    };

    private static readonly Option<bool> NullInput = new("-n", "--null-input") { Description = "Read no input; it is null." };
    private static readonly Option<bool> Raw = new("-r", "--raw-output") { Description = "Write strings as they are." };
    private static readonly Option<bool> CompactOutput = new("-c", "--compact-output") { Description = "Write each output on one line." };
    private static readonly Option<string[]> Library = new("-L") { Description = "A folder to look for modules in." };

    private static readonly Option<string> Timeout = new("--timeout") { Description = "End each evaluation with an error after that long: 10s, PT1M." };

    private static readonly Option<bool> JsonLines = new("--jsonl")
    {
        Description = "Read lines {\"program\":…,\"input\":…,\"args\":{…}} and answer each with one line.",
    };

    public static Command Create() =>
        new Command("eval", "Evaluate a jq program over JSON from stdin.")
        {
            Program, Arg, ArgJson, NullInput, Raw, CompactOutput, Library, Timeout, JsonLines,
        }.Runs(EvaluateAsync);

    /// <summary>jq takes a name and a value as two words, <c>--arg n v</c>; the parser of options knows only one: <c>--arg n=v</c>.</summary>
    public static IReadOnlyList<string> JoinPairs(IReadOnlyList<string> args)
    {
        if (args is not ["eval", ..])
            return args;
        var joined = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            joined.Add(args[i]);
            if (args[i] is "--arg" or "--argjson" && i + 2 < args.Count)
            {
                joined.Add($"{args[i + 1]}={args[i + 2]}");
                i += 2;
            }
        }

        return joined;
    }

    private static async Task<int> EvaluateAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using var output = new BufferedStream(Console.OpenStandardOutput(), OutputBuffer);
        if (parsed.GetValue(JsonLines))
        {
            await JqLines.AnswerAsync(Console.OpenStandardInput(), output, parsed.GetValue(Library), cancellation);
            return ExitCode.Success;
        }

        var source = parsed.GetValue(Program) ?? throw new UsageException("a program is missing, for example 'voltwright eval .name'.");
        var arguments = Bindings(parsed);
        var program = Compile(source, [.. arguments.Select(a => a.Name)], parsed.GetValue(Library));
        JsonValue[] values = [.. arguments.Select(a => a.Value)];
        var budget = JqBudget.Generous with
        {
            Cancellation = cancellation,
            WallTime = parsed.GetValue(Timeout) is { } limit ? Options.Duration(limit) : System.Threading.Timeout.InfiniteTimeSpan,
        };
        using var inputs = (await InputsAsync(cancellation)).GetEnumerator();
        var text = new ArrayBufferWriter<byte>();
        var host = new JqHost { NextInput = () => inputs.MoveNext() ? inputs.Current : (JsonValue?)null };
        for (var input = parsed.GetValue(NullInput) ? (JsonValue?)JsonValue.Null : host.NextInput(); input is { } value; input = host.NextInput())
        {
            var end = program.Run(value, Write, values, budget, host);
            if (end.Kind == JqOutcomeKind.Halt)
                return await HaltAsync(end);
            if (end.Kind == JqOutcomeKind.Error)
            {
                await output.FlushAsync(cancellation);
                await Console.Error.WriteLineAsync($"voltwright eval: {end.Message}");
                return ExitCode.Failed;
            }

            if (parsed.GetValue(NullInput))
                break;
        }

        return ExitCode.Success;

        bool Write(JsonValue value)
        {
            text.ResetWrittenCount();
            WriteText(value, parsed, text);
            text.Write("\n"u8);
            output.Write(text.WrittenSpan);
            return true;
        }
    }

    private static async Task<int> HaltAsync(JqOutcome outcome)
    {
        if (!outcome.Error.IsNull)
            await Console.Error.WriteAsync(outcome.Error.TryGetString(out var text) ? text : outcome.Error + "\n");
        return outcome.ExitCode;
    }

    private static void WriteText(JsonValue value, ParseResult parsed, ArrayBufferWriter<byte> into)
    {
        if (parsed.GetValue(Raw) && value.TryGetString(out var text))
            Encoding.UTF8.GetBytes(text, into);
        else
            value.WriteTo(into, indented: !parsed.GetValue(CompactOutput));
    }

    private static JqProgram Compile(string source, IReadOnlyList<string> variables, string[]? library)
    {
        try
        {
            var environment = new JsonObject.Builder();
            foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
                environment.Set((string)variable.Key, (string?)variable.Value);
            return JqProgram.Compile(source, new JqOptions
            {
                Variables = variables,
                Environment = environment.ToObject(),
                Halt = true,
                Inputs = true,
                ModulePaths = library,
                Messages = (kind, value) => Console.Error.WriteLine(kind == "debug" ? $"[\"DEBUG:\",{value}]" : value.ToString()),
            });
        }
        catch (JqCompileException e)
        {
            throw new UsageException($"line {e.Line}, column {e.Column}: {e.Message}");
        }
    }

    private static List<(string Name, JsonValue Value)> Bindings(ParseResult parsed)
    {
        var bindings = new List<(string, JsonValue)>();
        foreach (var pair in parsed.GetValue(Arg) ?? [])
        {
            var (name, text) = Options.Pair(pair, "--arg");
            bindings.Add((name, text));
        }

        foreach (var pair in parsed.GetValue(ArgJson) ?? [])
        {
            var (name, text) = Options.Pair(pair, "--argjson");
            bindings.Add((name, Json(text, $"--argjson {name}")));
        }

        return bindings;
    }

    private static async Task<IEnumerable<JsonValue>> InputsAsync(CancellationToken cancellation)
    {
        // A person at a terminal types no input for a program that asks for none.
        if (!Console.IsInputRedirected)
            return [];
        using var memory = new MemoryStream();
        await using var stdin = Console.OpenStandardInput();
        await stdin.CopyToAsync(memory, cancellation);
        try
        {
            return JsonText.ParseMany(memory.GetBuffer().AsSpan(0, (int)memory.Length));
        }
        catch (JsonFormatException e)
        {
            throw new UsageException($"stdin, line {e.Line}, column {e.Column}: {e.Message}");
        }
    }

    private static JsonValue Json(string text, string place)
    {
        try
        {
            return JsonValue.Parse(text);
        }
        catch (JsonFormatException e)
        {
            throw new UsageException($"{place}: {e.Message}");
        }
    }
}
