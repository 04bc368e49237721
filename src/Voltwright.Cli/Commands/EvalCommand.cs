using System.CommandLine;
using System.Text;
using Voltwright.Jq;

namespace Voltwright.Cli.Commands;

/// <summary>jq on the command line.</summary>
internal static class EvalCommand
{
    private static readonly Argument<string> Program = new("program")
    {
        Description = "The jq program.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string[]> Arg = new("--arg")
    {
        Description = "--arg NAME VALUE binds $NAME to the text.",
        Arity = new ArgumentArity(2, 100),
    };

    private static readonly Option<string[]> ArgJson = new("--argjson")
    {
        Description = "--argjson NAME JSON binds $NAME to the value.",
        Arity = new ArgumentArity(2, 100),
    };

    private static readonly Option<bool> NullInput = new("-n", "--null-input") { Description = "Read no input; it is null." };
    private static readonly Option<bool> Raw = new("-r", "--raw-output") { Description = "Write strings as they are." };
    private static readonly Option<bool> CompactOutput = new("-c", "--compact-output") { Description = "Write each output on one line." };
    private static readonly Option<string[]> Library = new("-L") { Description = "A folder to look for modules in." };

    private static readonly Option<bool> JsonLines = new("--jsonl")
    {
        Description = "Read lines {\"program\":…,\"input\":…,\"args\":{…}} and answer each with one line.",
    };

    public static Command Create() =>
        new Command("eval", "Evaluate a jq program over JSON from stdin.")
        {
            Program, Arg, ArgJson, NullInput, Raw, CompactOutput, Library, JsonLines,
        }.Runs(EvaluateAsync);

    private static async Task<int> EvaluateAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false));
        if (parsed.GetValue(JsonLines))
            return await AnswerLinesAsync(Console.In, output, cancellation);
        var source = parsed.GetValue(Program) ?? throw new UsageException("a program is missing, for example 'voltwright eval .name'.");
        var arguments = Bindings(parsed);
        var program = Compile(source, [.. arguments.Select(a => a.Name)], parsed.GetValue(Library));
        JsonValue[] values = [.. arguments.Select(a => a.Value)];
        foreach (var input in parsed.GetValue(NullInput) ? [default] : await InputsAsync(cancellation))
        {
            foreach (var outcome in program.Run(input, values, JqBudget.Generous))
            {
                if (outcome.Kind == JqOutcomeKind.Halt)
                    return await HaltAsync(outcome);
                if (outcome.Kind == JqOutcomeKind.Error)
                {
                    await output.FlushAsync(cancellation);
                    await Console.Error.WriteLineAsync($"voltwright eval: {outcome.Message}");
                    return ExitCode.Failed;
                }

                if (outcome.IsValue)
                    await output.WriteLineAsync(Text(outcome.Value, parsed));
            }
        }

        return ExitCode.Success;
    }

    private static async Task<int> AnswerLinesAsync(TextReader lines, StreamWriter output, CancellationToken cancellation)
    {
        while (await lines.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Length == 0)
                continue;
            await output.WriteLineAsync(JqLines.Answer(line));
            await output.FlushAsync(cancellation);
        }

        return ExitCode.Success;
    }

    private static async Task<int> HaltAsync(JqOutcome outcome)
    {
        if (!outcome.Error.IsNull)
            await Console.Error.WriteAsync(outcome.Error.TryGetString(out var text) ? text : outcome.Error + "\n");
        return outcome.ExitCode;
    }

    private static string Text(JsonValue value, ParseResult parsed) =>
        parsed.GetValue(Raw) && value.TryGetString(out var text) ? text
        : parsed.GetValue(CompactOutput) ? value.ToString()
        : value.ToIndentedString();

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
        foreach (var pair in (parsed.GetValue(Arg) ?? []).Chunk(2))
            bindings.Add((pair[0], pair.ElementAtOrDefault(1) ?? throw new UsageException($"--arg {pair[0]} has no value.")));
        foreach (var pair in (parsed.GetValue(ArgJson) ?? []).Chunk(2))
            bindings.Add((pair[0], Json(pair.ElementAtOrDefault(1) ?? throw new UsageException($"--argjson {pair[0]} has no value."), $"--argjson {pair[0]}")));
        return bindings;
    }

    private static async Task<IEnumerable<JsonValue>> InputsAsync(CancellationToken cancellation)
    {
        using var memory = new MemoryStream();
        await using var stdin = Console.OpenStandardInput();
        await stdin.CopyToAsync(memory, cancellation);
        try
        {
            return [.. JsonValue.ParseAll(memory.ToArray())];
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
