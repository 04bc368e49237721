using Voltwright.Jq;

namespace Voltwright.Server.Console.Workflows;

/// <summary>What an expression makes of a sample.</summary>
public sealed record JqTrial(IReadOnlyList<JsonValue> Outputs, string? Problem)
{
    private const int MostOutputs = 50;

    // Somebody waits, and others work: a small share of the machine must do.
    private static readonly JqBudget Budget = new() { Steps = 2_000_000, OutputBytes = 1 << 20, MemoryBytes = 32 << 20, WallTime = TimeSpan.FromSeconds(2) };

    public static JqTrial Run(string program, string input)
    {
        try
        {
            var source = program.Trim();
            if (source.StartsWith("${", StringComparison.Ordinal) && source.EndsWith('}'))
                source = source[2..^1];
            var value = string.IsNullOrWhiteSpace(input) ? JsonValue.Null : JsonValue.Parse(input);
            var outputs = new List<JsonValue>();
            var end = JqProgram.Compile(source).Run(
                value,
                output =>
                {
                    outputs.Add(output);
                    return outputs.Count < MostOutputs;
                },
                budget: Budget);
            return new JqTrial(outputs, end.Kind == JqOutcomeKind.Error ? end.Message : null);
        }
        catch (JqCompileException e)
        {
            return new JqTrial([], $"{e.Line}:{e.Column} {e.Message}");
        }
        catch (JsonFormatException e)
        {
            return new JqTrial([], $"The sample is not JSON: {e.Message}");
        }
    }
}
