using System.Diagnostics;
using Voltwright.Automation.Invocations;
using Voltwright.Automation.Invocations.Processes;
using Voltwright.Jq;
using Voltwright.Testing;
using Voltwright.Workflows.Runs;
using static Voltwright.Tests.Automation.Invocations.Processes.RunKit;

namespace Voltwright.Tests.Automation.Invocations.Processes;

public sealed class ShellRunTests
{
    [Fact]
    public async Task Run_ArgumentsByPositionAndInput_ReachesTheCommand()
    {
        var result = await ShellAsync("""
            {"command": "input=$(cat)\necho \"STDIN was: $input\"\necho \"ARGS are $1 $2\"", "stdin": "Hello World", "arguments": ["Foo", 2]}
            """);
        Assert.Equal("STDIN was: Hello World\nARGS are Foo 2\n", result.Output);
        Assert.Equal(0, result.Code);
    }

    [Fact]
    public async Task Run_ArgumentsByName_AreNameAndValueInOrder()
    {
        var result = await ShellAsync("""{"command": "for a; do echo \"<$a>\"; done", "arguments": {"user": "a b", "--verbose": null, "n": 1}}""");
        Assert.Equal("<user=a b>\n<--verbose>\n<n=1>\n", result.Output);
    }

    [Fact]
    public async Task Run_ArgumentThatLooksLikeShell_IsNotInterpreted()
    {
        var result = await ShellAsync("""{"command": "echo \"$1\"", "arguments": ["$(id); `id`"]}""");
        Assert.Equal("$(id); `id`\n", result.Output);
    }

    [Fact]
    public async Task Run_Environment_IsWhatWasGivenAndNothingOfOurs()
    {
        Environment.SetEnvironmentVariable("VOLTWRIGHT_ADMIN_KEY_PROBE", "secret");
        var result = await ShellAsync("""{"command": "env", "environment": {"FOO": "bar"}}""");
        Assert.Contains("FOO=bar\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("PROBE", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Folder_IsTemporaryAndGoneAfterwards()
    {
        var result = await ShellAsync("""{"command": "echo x > file; ls; pwd"}""");
        var lines = result.Output.Split('\n');
        Assert.Equal("file", lines[0]);
        Assert.StartsWith(Path.GetTempPath(), lines[1], StringComparison.Ordinal);
        Assert.False(Directory.Exists(lines[1]));
    }

    [Theory]
    [InlineData("code", "3")]
    [InlineData("stderr", "\"bad\\n\"")]
    [InlineData("all", """{"code":3,"stdout":"good\n","stderr":"bad\n"}""")]
    public async Task Return_FailedProcess_GivesWhatWasAskedFor(string form, string expected)
    {
        var result = await ShellAsync("""{"command": "echo good; echo bad >&2; exit 3"}""");
        Assert.Equal(expected, result.Return(form, "The command").ToString());
    }

    [Theory]
    [InlineData("stdout")]
    [InlineData("none")]
    public async Task Return_FailedProcessWhoseCodeNobodySees_IsAnErrorWithItsComplaint(string form)
    {
        var result = await ShellAsync("""{"command": "echo bad >&2; exit 3"}""");
        var error = Assert.Throws<InvocationException>(() => result.Return(form, "The command"));
        Assert.Equal((InvocationFailure.Runtime, "The command ended with exit code 3: bad"), (error.Failure, error.Message));
    }

    [Fact]
    public async Task Return_None_IsNull()
    {
        var result = await ShellAsync("""{"command": "echo x"}""");
        Assert.True(result.Return("none", "The command").IsNull);
    }

    [Fact]
    public async Task Run_NotAllowed_IsRefusedAndNamesTheRemedy()
    {
        var error = await Assert.ThrowsAsync<InvocationException>(() => ShellAsync("""{"command": "true"}""", new ProcessOptions()));
        Assert.Equal(InvocationFailure.Authorization, error.Failure);
        Assert.Contains("--allow-shell", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_LongerThanAllowed_IsStoppedWithItsChildren()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "alive");
        var options = Allowed with { Timeout = TimeSpan.FromMilliseconds(300) };
        // The child would outlive a shell that is killed alone.
        var command = $"mkfifo {file}; (sleep 60; echo late > {file}) & sleep 60";
        var error = await Assert.ThrowsAsync<InvocationException>(() => ShellAsync(((JsonValue)JsonObject.Of(("command", command))).ToString(), options));
        Assert.Equal(InvocationFailure.Timeout, error.Failure);
        await GoneAsync(file);
    }

    [Fact]
    public async Task Run_Cancelled_StopsTheProcess()
    {
        using var cancellation = new CancellationTokenSource();
        var running = ShellAsync("""{"command": "sleep 61.25"}""", null, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await GoneAsync("61.25");
    }

    [Fact]
    public async Task Run_ChildLeftBehind_EndsWithTheTask()
    {
        var result = await ShellAsync("""{"command": "sleep 62.25 >/dev/null 2>&1 </dev/null & echo started"}""");
        Assert.Equal("started\n", result.Output);
        await GoneAsync("62.25");
    }

    [Fact]
    public async Task Run_EndlessOutput_IsAnError()
    {
        var error = await Assert.ThrowsAsync<InvocationException>(() => ShellAsync("""{"command": "yes"}""", Allowed with { LargestOutput = 10_000 }));
        Assert.Equal("The process wrote more than 10000 bytes to standard output.", error.Message);
    }

    [Fact]
    public async Task Run_InputThatNobodyReads_IsNoError()
    {
        var input = new string('x', 1 << 20);
        var result = await ShellAsync(((JsonValue)JsonObject.Of(("command", "exec <&-; echo done"), ("stdin", input))).ToString());
        Assert.Equal("done\n", result.Output);
    }

    // A killed process takes a moment to disappear: waits for it, and fails when it stays.
    private static async Task GoneAsync(string command)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var id) || !CommandLine(folder).Contains(command, StringComparison.Ordinal))
                continue;
            try
            {
                using var process = Process.GetProcessById(id);
                await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
            }
            catch (ArgumentException)
            {
                // Gone meanwhile.
            }
        }
    }

    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
