using System.Net.Http.Headers;
using System.Net.Http.Json;
using Voltwright.Jq;
using Voltwright.Testing;

namespace Voltwright.Cli.Tests;

public sealed class LogFormatTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Serve_WithJsonLogs_WritesOneObjectALineAndNoSecret()
    {
        const string Secret = "a secret of a station";
        using var folder = new TemporaryFolder();
        using var server = Executable.Start(
            "serve", "--urls", "http://127.0.0.1:0", "--mqtt", "0", "--data", folder.Path, "--log-format", "json", "--verbose");
        var lines = new List<string>();
        var (key, address) = ("", "");
        while (address.Length == 0 && await server.StandardError.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            lines.Add(line);
            var message = JsonValue.Parse(line)["Message"].TryGetString(out var text) ? text : "";
            key = message.Contains("hash): ", StringComparison.Ordinal) ? message.Split("hash): ")[1] : key;
            address = message.Contains("answers at ", StringComparison.Ordinal) ? message.Split("answers at ")[1].Split([' ', ','])[0] : address;
        }

        using var http = new HttpClient { BaseAddress = new Uri(address) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var created = await http.PostAsJsonAsync("/api/v2/stations", new { id = "CP1", protocol = "ocpp1.6", slots = 1, secret = Secret });
        Assert.Equal(201, (int)created.StatusCode);
        using var webhook = await http.PostAsJsonAsync("/api/v2/webhooks", new { url = "https://192.0.2.1/?token=abc" });
        var webhookSecret = JsonValue.Parse(await webhook.Content.ReadAsStringAsync())["secret"].AsString();
        server.Kill();
        var rest = await server.StandardError.ReadToEndAsync();
        await server.WaitForExitAsync();

        lines.AddRange(rest.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(lines, l => Assert.True(JsonValue.Parse(l).IsObject));
        Assert.Single(lines, l => l.Contains(key, StringComparison.Ordinal));
        Assert.All(lines, l => Assert.DoesNotContain(Secret, l, StringComparison.Ordinal));
        Assert.All(lines, l => Assert.DoesNotContain(webhookSecret, l, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Serve_WithAnUnknownLogFormat_ExitsWithTwo() =>
        Assert.Equal(2, (await Executable.RunAsync("serve", "--log-format", "xml")).ExitCode);
}
