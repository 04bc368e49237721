using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Voltwright.Jq;
using Voltwright.Testing;

namespace Voltwright.Server.Tests.Operations;

/// <summary>What the documents, the dashboard and the alert rules name is what the program measures.</summary>
public sealed partial class MetricsDocumentTests
{
    private static string Document => File.ReadAllText(Path.Combine(Repository.Root, "docs", "telemetry.md"));

    [Fact]
    public async Task Document_OfTheMetrics_NamesAllThatAreMeasured()
    {
        await using var server = await RunningServer.StartAsync();
        var measured = Measured().OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"| `{m.Key}` | {m.Value} |");
        var table = Document.Split("<!-- metrics -->")[1].Split("<!-- end of metrics -->")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2);

        Assert.Equal(measured, table);
    }

    [Fact]
    public async Task Scrape_OfAServer_HasTheNamesOfTheDocument()
    {
        await using var server = await RunningServer.StartAsync();
        var scraped = (await server.GetAsync("/metrics")).Text;
        Assert.Contains("\nvoltwright_stations_connected", scraped, StringComparison.Ordinal);
        Assert.Contains("\nvoltwright_events_position", scraped, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grafana/voltwright.json")]
    [InlineData("prometheus/alerts.yaml")]
    public async Task Deployment_NamingMetrics_NamesExistingOnes(string file)
    {
        await using var server = await RunningServer.StartAsync();
        await server.GetAsync("/api/v2/stations");
        GC.Collect();
        var scraped = MetricName().Matches((await server.GetAsync("/metrics")).Text).Select(m => Plain(m.Value)).ToHashSet();
        var ours = Measured().Keys.ToHashSet();
        var text = File.ReadAllText(Path.Combine(Repository.Root, "deploy", file));

        var named = NamedMetric().Matches(text).Select(m => Plain(m.Value)).Distinct().ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.True(ours.Contains(name) || scraped.Contains(name), $"{file} names {name}, which nothing measures."));
    }

    [Fact]
    public void Dashboard_OfGrafana_HasPanelsWithQueriesThatDoNotOverlap()
    {
        var dashboard = JsonValue.Parse(File.ReadAllText(Path.Combine(Repository.Root, "deploy", "grafana", "voltwright.json")));
        var panels = dashboard["panels"].AsArray();
        Assert.True(panels.Count >= 12);
        Assert.All(panels, p => Assert.True(p["targets"].AsArray().All(t => t["expr"].AsString().Length > 0)));
        Assert.Equal(panels.Count, panels.Select(p => $"{p["gridPos"]["x"]}/{p["gridPos"]["y"]}").Distinct().Count());
        Assert.Equal(panels.Count, panels.Select(p => p["id"]).Distinct().Count());
    }

    [Fact]
    public void Alerts_EachOfThem_LeadToASectionOfTheManual()
    {
        var alerts = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "prometheus", "alerts.yaml"));
        var manual = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "operations.md"));
        var anchors = manual.Where(l => l.StartsWith('#')).Select(l => l.TrimStart('#', ' ').ToLowerInvariant().Replace(' ', '-')).ToHashSet();

        var runbooks = Runbook().Matches(alerts).Select(m => m.Groups[1].Value).ToList();

        Assert.Equal(alerts.Split("- alert:").Length - 1, runbooks.Count);
        Assert.All(runbooks, anchor => Assert.Contains(anchor, anchors));
    }

    /// <summary>By the names of <c>/metrics</c>, with what each says about itself.</summary>
    private static Dictionary<string, string> Measured()
    {
        _ = Metrics.RunsStarted;
        var measured = new Dictionary<string, string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == Telemetry.Name)
                    measured[NameOf(instrument)] = instrument.Description!;
            },
        };
        listener.Start();
        return measured;
    }

    private static string NameOf(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "");
        return instrument is Counter<long> ? name + "_total" : name;
    }

    private static string Plain(string name) => Suffix().Replace(name, "");

    [GeneratedRegex(@"^[a-z_]+(?=[{ ])", RegexOptions.Multiline)]
    private static partial Regex MetricName();

    [GeneratedRegex(@"\b(voltwright|http_server|kestrel|dotnet)_[a-z_]+\b(?!"")")]
    private static partial Regex NamedMetric();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();

    [GeneratedRegex(@"runbook: docs/operations\.md#(\S+)")]
    private static partial Regex Runbook();
}
