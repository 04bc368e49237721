using System.Diagnostics;

namespace Voltwright.Jq.Tests.Fuzz;

/// <summary>Generated programs: whatever they are, evaluation ends with outputs or an error, and what it answers is sound JSON.</summary>
public sealed class FuzzTests
{
    private const int Programs = 1500;
    private const int Broken = 1500;
    private const int Compared = 60;

    private static readonly JqBudget Budget = JqBudget.Default with
    {
        Steps = 20_000, Depth = 500, OutputBytes = 1 << 20, MemoryBytes = 8 << 20, WallTime = TimeSpan.FromSeconds(20),
    };

    private static readonly JqOptions Options = new() { Inputs = true };

    [Fact]
    public void Program_FromAnySeed_KeepsTheInvariants()
    {
        for (var seed = 0; seed < Programs; seed++)
        {
            var generator = new ProgramGenerator(seed);
            var (source, input) = (generator.Program(), generator.Input());
            try
            {
                Check(JqProgram.Compile(source, Options), input);
            }
            catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"seed {seed}: {source} <- {input}: {e}");
            }
        }
    }

    [Fact]
    public void Text_CutOrChangedAnywhere_IsCompiledOrRefused()
    {
        var random = new Random(7);
        for (var seed = 0; seed < Broken; seed++)
        {
            var source = new ProgramGenerator(seed).Program();
            var at = random.Next(source.Length);
            var broken = random.Next(3) switch
            {
                0 => source[..at],
                1 => source.Remove(at, 1),
                _ => source.Insert(at, "()[]{}|,.;:?\"\\$@#=/<>"[random.Next(21)].ToString()),
            };
            try
            {
                JqProgram.Compile(broken, Options);
            }
            catch (JqCompileException e)
            {
                Assert.True(e.Line >= 1 && e.Column >= 1 && e.Message.Length > 0);
            }
        }
    }

    /// <summary>An older jq is installed in many places; only outputs of programs free of errors and of what has changed since are compared.</summary>
    [Fact]
    public void Program_OfTheSameSubset_AgreesWithTheInstalledJq()
    {
        if (!Installed())
            return;
        var compared = 0;
        for (var seed = 10_000; compared < Compared && seed < 20_000; seed++)
        {
            var generator = new ProgramGenerator(seed);
            var (source, input) = (generator.Program(), generator.Input());
            if (Changed().IsMatch(source))
                continue;
            var ours = JqProgram.Compile(source, Options).Run(input, null, Budget).ToArray();
            if (ours.Any(o => !o.IsValue) || Ask(source, input) is not { } theirs)
                continue;
            compared++;
            Assert.True(theirs.SequenceEqual(ours.Select(o => o.Value)),
                $"seed {seed}: {source} <- {input}\nours   {string.Join(' ', ours.Select(o => o.Value))}\ntheirs {string.Join(' ', theirs)}");
        }
    }

    private static void Check(JqProgram program, JsonValue input)
    {
        var before = input.ToString();
        var outcomes = program.Run(input, null, Budget).ToArray();
        Assert.Equal(before, input.ToString());
        Assert.All(outcomes.SkipLast(1), o => Assert.True(o.IsValue));
        foreach (var outcome in outcomes.Where(o => o.IsValue))
        {
            var text = outcome.Value.ToString();
            Assert.Equal(text, JsonValue.Parse(text).ToString());
            Assert.Equal(outcome.Value.GetHashCode(), outcome.Value.GetHashCode());
        }

        var first = program.First(input, default, Budget);
        if (outcomes.Length > 0 && outcomes[0].IsValue && first.IsValue)
            Assert.Equal(outcomes[0].Value.ToString(), first.Value.ToString());
        if (outcomes.Length == 0)
            Assert.Equal(JqOutcomeKind.Empty, first.Kind);
    }

    private static bool Installed()
    {
        try
        {
            return Ask(".", 1) is not null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static JsonValue[]? Ask(string source, JsonValue input)
    {
        using var process = Process.Start(new ProcessStartInfo("jq")
        {
            ArgumentList = { "-c", source }, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        process.StandardInput.Write(input.ToString());
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(5000))
        {
            process.Kill();
            return null;
        }

        return process.ExitCode == 0 ? [.. JsonText.ParseMany(System.Text.Encoding.UTF8.GetBytes(output.Result))] : null;
    }

    /// <summary>What jq 1.6 and 1.8 disagree on, or the former lacks.</summary>
    private static System.Text.RegularExpressions.Regex Changed() => new(
        "pick|skip|add\\(|isvalid|abs|trim|ltrimstr|reverse|first\\?|last|nth|limit|contains|implode|indices|\\*|/|%|getpath|map_values|walk|min|max"
        + "|with_entries|from_entries|error|test|splits|have|input|foreach|reduce|= |utf8|\\?//|label|tostream|\\.\\[|-|path|tonumber|@|as ");
}
