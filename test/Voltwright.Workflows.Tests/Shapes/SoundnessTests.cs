using Voltwright.Jq;
using Voltwright.Jq.Syntax;
using Voltwright.Jq.Tests.Fuzz;
using Voltwright.Workflows.Shapes;

namespace Voltwright.Workflows.Tests.Shapes;

/// <summary>What the abstract evaluator says cannot be must not be: programs and inputs from seeds, evaluated both ways.</summary>
public sealed class SoundnessTests
{
    private const int Programs = 4000;

    private static readonly JqBudget Budget = JqBudget.Default with { Steps = 20_000 };

    [Fact]
    public void Evaluate_OfGeneratedPrograms_ContainsEveryOutput()
    {
        var precise = 0;
        for (var seed = 1; seed <= Programs; seed++)
        {
            var generator = new ProgramGenerator(seed);
            var (text, input, other) = (generator.Program(), generator.Input(), generator.Input());
            var exact = Shape.Of(input);
            foreach (var shape in new[] { exact, exact.Or(Shape.Of(other)), exact.Widened(), Shape.Any })
                precise += Check(seed, text, input, shape) ? 1 : 0;
        }

        // An evaluator that always said "anything" would be sound too.
        Assert.True(precise > Programs, $"Only {precise} outcomes say more than 'anything'.");
    }

    private static bool Check(int seed, string text, JsonValue input, Shape shape)
    {
        Assert.True(shape.Contains(input), $"seed {seed}: {shape} does not contain {input}");
        var outcome = new ShapeEvaluator().Evaluate(Parser.Parse(text).Body!, shape, null);
        var results = JqProgram.Compile(text, new JqOptions { Inputs = true }).Run(input, null, Budget).ToArray();
        foreach (var result in results.Where(r => r.Kind == JqOutcomeKind.Value))
        {
            Assert.True(outcome.Values.Contains(result.Value),
                $"seed {seed}: {text} of {input} gives {result.Value}, which is not within {outcome.Values} (input {shape})");
        }

        Assert.True(results.Length > 0 || outcome.CanBeEmpty, $"seed {seed}: {text} of {input} gives nothing, which was thought impossible (input {shape})");
        return !outcome.Values.IsAny;
    }
}
