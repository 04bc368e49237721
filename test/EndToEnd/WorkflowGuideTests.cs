using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Voltwright.Jq;
using Voltwright.Simulator.Charging;
using Voltwright.Testing;
using Voltwright.Workflows;

namespace Voltwright.EndToEnd;

/// <summary>What the manual shows works as it stands there.</summary>
public sealed partial class WorkflowGuideTests
{
    private static string Example => Fenced().Match(File.ReadAllText(Path.Combine(Repository.Root, "docs", "workflows.md"))).Groups[1].Value;

    [Fact]
    public void Example_OfTheManual_LeavesTheCheckerNothingToSay() =>
        Assert.Empty(WorkflowProgram.Load(Example, "cars-that-stay.yaml", HostFeatures.All).Findings);

    [Fact]
    public async Task Example_OfTheManual_TellsTheDriverOfACarThatStays()
    {
        await using var push = await FakeService.StartAsync(_ => Results.Ok());
        await using var system = await RunningSystem.StartAsync(change: o => o with
        {
            Map = new Dictionary<string, Uri> { ["push.example.com"] = push.Address },
            Secrets = new Dictionary<string, JsonValue> { ["pushToken"] = "a-token" },
        });
        var source = Example.Replace("minutes: 15", "seconds: 1", StringComparison.Ordinal);
        await system.PostAsync("workflows", source);
        await system.AddCardAsync("TAG1");
        var station = await system.AddOcppStationAsync("CP1");

        await station.PlugInAsync(1, new Vehicle(CapacityWh: 1_000, SocPercent: 70));
        await station.TapAsync("TAG1", 1);

        var told = await push.NextAsync(1);
        Assert.Equal(("/messages", "Bearer a-token"), (told.Path, told.Header("Authorization")));
        Assert.Equal((await system.SessionAsync("TAG1", "charging"))["id"], JsonValue.Parse(told.Body)["session"]);
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fenced();
}
