using Voltwright.Jq.Builtins;

namespace Voltwright.Jq.Tests.Cases;

/// <summary>The language and its builtins, case by case, as data.</summary>
public sealed class CaseTests
{
    private const int FewestCases = 500;

    public static TheoryData<string> Files() => [.. Directory.GetFiles(CaseFile.Folder, "*.jqt").Select(f => Path.GetFileName(f)!)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Cases_OfAFile_AnswerAsWritten(string file)
    {
        var wrong = CaseFile.Read(Path.Combine(CaseFile.Folder, file))
            .Select(given => (given, answers: CaseFile.Answers(given).ToArray()))
            .Where(pair => !pair.answers.SequenceEqual(pair.given.Answers))
            .Select(pair => $"{pair.given}\n  input    {pair.given.Input}\n  expected {string.Join("  ", pair.given.Answers)}"
                + $"\n  answered {string.Join("  ", pair.answers)}")
            .ToArray();
        Assert.True(wrong.Length == 0, $"{wrong.Length} cases differ:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public void Cases_Together_AreMany() => Assert.True(CaseFile.All().Count() >= FewestCases);

    [Fact]
    public void Cases_Together_CallEveryBuiltin()
    {
        var programs = string.Join('\n', CaseFile.All().Select(c => c.Program));
        var words = System.Text.RegularExpressions.Regex.Matches(programs, @"\w+").Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
        var missing = Catalogue.Names().Select(n => n.AsString().Split('/')[0]).Distinct().Where(name => !words.Contains(name));
        Assert.Empty(missing);
    }

    [Fact]
    public void Cases_GivenTwice_AnswerTheSame()
    {
        foreach (var given in CaseFile.All().Where(c => c.Answers is not [['!', '!', ..]] && !c.Program.Contains("now", StringComparison.Ordinal)))
        {
            var program = JqProgram.Compile(given.Program);
            var input = JsonValue.Parse(given.Input);
            var before = input.ToString();
            Assert.Equal(Text(program.Run(input)), Text(program.Run(input)));
            Assert.Equal(before, input.ToString());
        }
    }

    [Fact]
    public void Cases_AskedForTheFirstOutput_AnswerTheFirstOfAll()
    {
        foreach (var given in CaseFile.All().Where(c => c.Answers.Count > 0 && !c.Answers[0].StartsWith('!')))
        {
            var outcome = JqProgram.Compile(given.Program).First(JsonValue.Parse(given.Input));
            Assert.True(outcome.IsValue && outcome.Value.ToString() == given.Answers[0], $"{given}: {outcome.Kind} {outcome.Value} {outcome.Message}");
        }
    }

    private static string Text(IEnumerable<JqOutcome> outcomes) => string.Join(' ', outcomes.Select(o => o.IsValue ? o.Value.ToString() : o.Message));
}
