using Voltwright.Jq;

namespace Voltwright.Cli.Commands;

/// <summary>One line in, one line out: how a script or a conformance suite drives jq without a process per case.</summary>
internal static class JqLines
{
    private static readonly JsonObject Surroundings = JsonObject.Of(
        [.. Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(e => ((string)e.Key, (JsonValue)(string?)e.Value))]);

    /// <summary>Answers <c>{"program","input","args"}</c> with <c>{"outputs"}</c> or <c>{"outputs","error"}</c>; never throws on bad input.</summary>
    public static string Answer(string line, IReadOnlyList<string>? library = null)
    {
        try
        {
            var request = JsonValue.Parse(line);
            if (!request["program"].TryGetString(out var source))
                return Failed([], "the line has no \"program\"");
            var arguments = request["args"].TryGetObject(out var args) ? args : JsonObject.Empty;
            var program = JqProgram.Compile(source, Options([.. arguments.Keys], library));
            return Run(program, request["input"], [.. arguments.Select(a => a.Value)]);
        }
        catch (JsonFormatException e)
        {
            return Failed([], $"column {e.Column}: {e.Message}");
        }
        catch (JqCompileException e)
        {
            return Failed([], $"line {e.Line}, column {e.Column}: {e.Message}");
        }
    }

    /// <summary>A person's own command line may read its environment.</summary>
    private static JqOptions Options(IReadOnlyList<string> variables, IReadOnlyList<string>? library) => new()
    {
        Variables = variables,
        Environment = Surroundings,
        Inputs = true,
        Halt = true,
        ModulePaths = library,
    };

    private static string Run(JqProgram program, JsonValue input, JsonValue[] arguments)
    {
        var outputs = new List<JsonValue>();
        foreach (var outcome in program.Run(input, arguments))
        {
            if (outcome.Kind is JqOutcomeKind.Error or JqOutcomeKind.Halt)
                return Failed(outputs, outcome.Error);
            if (outcome.IsValue)
                outputs.Add(outcome.Value);
        }

        return ((JsonValue)JsonObject.Of(("outputs", JsonArray.From(outputs)))).ToString();
    }

    private static string Failed(IReadOnlyList<JsonValue> outputs, JsonValue error) =>
        ((JsonValue)JsonObject.Of(("outputs", JsonArray.From(outputs)), ("error", error))).ToString();
}
