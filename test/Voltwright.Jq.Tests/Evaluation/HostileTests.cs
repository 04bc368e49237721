using Voltwright.Jq.Tests.Cases;

namespace Voltwright.Jq.Tests.Evaluation;

/// <summary>
/// Programs written to harm, as data: each ends within its budget, with its answer or with an error, and the next one still works.
/// This process has a ceiling on its heap; what broke through it would end the tests.
/// </summary>
[Collection(nameof(Alone))]
public sealed class HostileTests
{
    private static readonly JqBudget Small = JqBudget.Default with
    {
        Steps = 50_000,
        MemoryBytes = 16 << 20,
        OutputBytes = 2 << 20,
        WallTime = TimeSpan.FromMilliseconds(600),
    };

    /// <summary>Far above the budget, for a machine that has something else to do.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(30);

    public static TheoryData<string, string> Programs()
    {
        var data = new TheoryData<string, string>();
        foreach (var given in CaseFile.Read(Path.Combine(AppContext.BaseDirectory, "Evaluation", "hostile.jqt")))
            data.Add(given.Program, given.Answers[0]);
        return data;
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Program_ThatMeansHarm_EndsWithinItsBudget(string source, string expected)
    {
        var start = TimeProvider.System.GetTimestamp();
        var (last, outputs) = (default(JsonValue), 0);
        var end = JqProgram.Compile(source).Run(default, Count, null, Small);
        Assert.True(TimeProvider.System.GetElapsedTime(start) < MostTime);
        var answer = end.Kind == JqOutcomeKind.Error ? "!" : outputs == 0 ? "none" : last.ToString();
        Assert.True(answer == expected, $"expected {expected}, found {answer} {end.Message}");
        Assert.Equal(1, JqProgram.Compile(".a").First(JsonObject.Of(("a", 1))).Value.AsDouble());

        bool Count(JsonValue value)
        {
            (last, outputs) = (value, outputs + 1);
            return true;
        }
    }
}
