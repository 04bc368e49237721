using Voltwright.Automation.Invocations;
using Voltwright.Automation.Invocations.Processes;
using Voltwright.Workflows.Runs;
using static Voltwright.Tests.Automation.Invocations.Processes.RunKit;

namespace Voltwright.Tests.Automation.Invocations.Processes;

public sealed class ScriptRunTests
{
    [Fact]
    public async Task JavaScript_PublishedExample_ReadsInputArgumentsAndEnvironment()
    {
        var result = await ScriptAsync(
            "js",
            """
            import { readFileSync } from 'node:fs';
            const stdin = readFileSync(process.stdin.fd, 'utf8');
            console.log('stdin > ', stdin)
            const [_, __, arg] = process.argv;
            console.log('arg > ', arg)
            const foo = process.env.foo;
            console.log('env > ', foo)
            """,
            """{"stdin": "Hello Workflow", "arguments": ["hello"], "environment": {"foo": "bar"}}""");
        Assert.Equal(new ProcessResult(0, "stdin >  Hello Workflow\narg >  hello\nenv >  bar\n", ""), result);
    }

    [Theory]
    [InlineData("console.log(1, 'a', {b: [1, null]}, [2], undefined)", "1 a {\"b\":[1,null]} [2] undefined\n")]
    [InlineData("console.log(await Promise.resolve(4))", "4\n")]
    [InlineData("Promise.resolve(5).then(v => console.log(v))", "5\n")]
    [InlineData("sloppy = 6; console.log(sloppy)", "6\n")]
    [InlineData("console.log(require('fs').readFileSync(0) + '|')", "|\n")]
    [InlineData("process.stdout.write('no line')", "no line")]
    [InlineData("console.log(Object.groupBy([1, 2, 3], n => n % 2 ? 'odd' : 'even').odd.length)", "2\n")]
    public async Task JavaScript_Output_IsWhatItWrites(string code, string expected)
    {
        var result = await ScriptAsync("javascript", code);
        Assert.Equal(new ProcessResult(0, expected, ""), result);
    }

    [Theory]
    [InlineData("throw new Error('no')", 1, "Error: no")]
    [InlineData("const = 1", 1, "SyntaxError")]
    [InlineData("console.error('bad'); process.exit(7); console.log('never')", 7, "bad")]
    [InlineData("process.exitCode = 3; console.warn('late')", 3, "late")]
    [InlineData("import os from 'node:os'", 1, "node:fs only")]
    [InlineData("require('fs').readFileSync('/etc/passwd')", 1, "standard input only")]
    public async Task JavaScript_Failure_HasCodeAndComplaint(string code, int exit, string complaint)
    {
        var result = await ScriptAsync("js", code);
        Assert.Equal((exit, ""), (result.Code, result.Output));
        Assert.Contains(complaint, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JavaScript_ArgumentsByName_AreVariables()
    {
        var result = await ScriptAsync("js", "console.log(greeting + ', ' + who.name)", """{"arguments": {"greeting": "Hi", "who": {"name": "Ann"}}}""");
        Assert.Equal("Hi, Ann\n", result.Output);
    }

    [Theory]
    [InlineData("for (;;) {}", "statements")]
    [InlineData("let a = []; for (;;) a.push('x'.repeat(100000) + a.length)", "bytes")]
    [InlineData("(function f() { f() })()", "deeply")]
    [InlineData("for (;;) console.log('x'.repeat(1000))", "characters")]
    public async Task JavaScript_BeyondItsLimits_IsStopped(string code, string limit)
    {
        var options = Allowed with { Statements = 200_000, Memory = 32 << 20 };
        var error = await Assert.ThrowsAsync<InvocationException>(() => ScriptAsync("js", code, "{}", options));
        Assert.Equal(InvocationFailure.Runtime, error.Failure);
        Assert.Contains(limit, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JavaScript_Surroundings_ShowNothingOfThisProcess()
    {
        var result = await ScriptAsync("js", "console.log(typeof System, typeof importNamespace, typeof host, Object.keys(process.env).length)");
        Assert.Equal("undefined undefined undefined 0\n", result.Output);
    }

    [Fact]
    public async Task Python_ArgumentsByPosition_AreArgv()
    {
        var result = await ScriptAsync(
            "python", "import sys, os\nprint(sys.argv[1:], sys.stdin.read(), os.environ['A'])", """{"arguments": ["x", 1], "stdin": "in", "environment": {"A": "b"}}""");
        Assert.Equal(new ProcessResult(0, "['x', '1'] in b\n", ""), result);
    }

    [Fact]
    public async Task Python_ArgumentsByName_AreVariables()
    {
        var result = await ScriptAsync("python", "import sys\nprint(greeting, who['name'], sys.argv)", """{"arguments": {"greeting": "Hi", "who": {"name": "Ann"}}}""");
        Assert.Equal(new ProcessResult(0, "Hi Ann ['script']\n", ""), result);
    }

    [Fact]
    public async Task Python_Exception_EndsWithCodeOne()
    {
        var result = await ScriptAsync("python", "raise ValueError('no')");
        Assert.Equal(1, result.Code);
        Assert.Contains("ValueError: no", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shell_Script_SeesItsArguments()
    {
        var result = await ScriptAsync("sh", "echo \"$1-$#\"", """{"arguments": ["a b"]}""");
        Assert.Equal("a b-1\n", result.Output);
    }

    [Fact]
    public async Task Run_UnknownLanguage_IsAConfigurationErrorThatNamesTheKnownOnes()
    {
        var error = await Assert.ThrowsAsync<InvocationException>(() => ScriptAsync("cobol", ""));
        Assert.Equal(InvocationFailure.Configuration, error.Failure);
        Assert.Contains("js, python and sh", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NotAllowed_IsRefusedAndNamesTheRemedy()
    {
        var error = await Assert.ThrowsAsync<InvocationException>(() => ScriptAsync("js", "1", "{}", new ProcessOptions()));
        Assert.Equal(InvocationFailure.Authorization, error.Failure);
        Assert.Contains("--allow-scripts", error.Message, StringComparison.Ordinal);
    }
}
