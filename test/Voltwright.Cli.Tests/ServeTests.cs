using System.Net;
using System.Net.Sockets;
using Voltwright.Testing;

namespace Voltwright.Cli.Tests;

public sealed class ServeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Serve_OnAPortInUse_SaysSoAndExitsWithTwo()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var ended = await ServeAsync("--urls", $"http://{taken.LocalEndpoint}");
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(taken.LocalEndpoint.ToString()!, ended.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_OnAnMqttPortInUse_SaysSoAndExitsWithTwo()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var ended = await Executable.RunAsync("serve", "--urls", "http://127.0.0.1:0", "--data", _folder.Path, "--mqtt", $"{port}");
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains($"{port}", ended.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_WithAFileWhereTheDataFolderShouldBe_SaysSoAndExitsWithTwo()
    {
        var file = _folder.Write("data", "");
        var ended = await Executable.RunAsync("serve", "--urls", "http://127.0.0.1:0", "--mqtt", "0", "--data", file);
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(file, ended.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_OnACorruptedDatabase_SaysSoAndLeavesItAlone()
    {
        const string Garbage = "this is no database, and has never been one; it is long enough to hold a header, though, one hundred bytes.";
        var database = _folder.Write("voltwright.db", Garbage);
        var ended = await ServeAsync("--urls", "http://127.0.0.1:0");
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(database, ended.Messages, StringComparison.Ordinal);
        Assert.Equal(Garbage, await File.ReadAllTextAsync(database));
    }

    [Fact]
    public async Task Serve_WithABadWorkflow_NamesFileAndLine()
    {
        using var workflows = new TemporaryFolder();
        var file = workflows.Write("bad.yaml", "document:\n  dsl: '1.0.0'\ndo: []\n");
        var ended = await ServeAsync("--urls", "http://127.0.0.1:0", "--workflows", workflows.Path);
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(file, ended.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("need its key", "--payments-stripe-api", "https://pay.example")]
    [InlineData("--payments-stripe-key-file", "--payments-stripe-key-file", "/no/such/file")]
    [InlineData("--payments-hold", "--payments-stripe-key-file", "KEY", "--payments-hold", "5")]
    [InlineData("--payments-stripe-api", "--payments-stripe-key-file", "KEY", "--payments-stripe-api", "http://pay.example")]
    public async Task Serve_WithUnusableOptionsOfPayments_NamesThemAndNoSecret(string named, params string[] options)
    {
        var file = _folder.Write("key", "sk_test_secret");
        var ended = await ServeAsync(["--urls", "http://127.0.0.1:0", .. options.Select(o => o == "KEY" ? file : o)]);
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(named, ended.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("sk_test", ended.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_WithACertificateThatLacksItsKey_SaysSoAndExitsWithTwo()
    {
        var ended = await ServeAsync("--certificate", "a.pem", "--certificate", "b.pem", "--certificate-key", "a.key");
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("--certificate-key 1 times", ended.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_ForTheFirstTime_PrintsTheAdministratorKeyOnceAndAnswers()
    {
        var first = await FirstLinesAsync();
        var second = await FirstLinesAsync();
        Assert.Contains("key", first, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("key", second, StringComparison.OrdinalIgnoreCase);
    }

    public void Dispose() => _folder.Dispose();

    private Task<Ended> ServeAsync(params string[] arguments) =>
        Executable.RunAsync(["serve", "--mqtt", "0", "--data", _folder.Path, .. arguments]);

    /// <summary>What the server says until it answers; then it is killed, as a crash would.</summary>
    private async Task<string> FirstLinesAsync()
    {
        using var server = Executable.Start("serve", "--urls", "http://127.0.0.1:0", "--mqtt", "0", "--data", _folder.Path);
        var said = new List<string>();
        while (await server.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)) is { } line)
        {
            said.Add(line);
            if (!line.Contains("answers at ", StringComparison.Ordinal))
                continue;
            var address = line.Split("answers at ")[1].Split([' ', ','])[0];
            using var http = new HttpClient();
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"{address}health/live")).StatusCode);
            break;
        }

        server.Kill();
        await server.WaitForExitAsync();
        return string.Join('\n', said);
    }
}
