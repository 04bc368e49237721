using Voltwright.Jq;
using Voltwright.Workflows.Events;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Tests.Runs;

public sealed class SeedTests
{
    private const string Prefix = "com.ev-power-supplier.charging-station.";

    [Theory]
    [InlineData(Prefix + "card-scanned.v1")]
    [InlineData(Prefix + "faulted.v1")]
    public void Seed_AsWritten_FaultsInRaiseUnsupportedEventError(string type)
    {
        if (SharedFiles.Files("seed", "managing-ev-charging-stations.yaml").FirstOrDefault() is not { } file)
            return;
        var host = new TestHost(File.ReadAllText(file), file);
        var trigger = host.Program.Trigger!;
        var envelope = JsonObject.Of(("specversion", "1.0"), ("id", "1"), ("type", type), ("data", JsonObject.Of(("cardId", "TAG1"))));
        var offer = EventMatching.Offer(trigger, default, envelope);
        host.Run(EventMatching.RunInput(trigger, Assert.Single(offer.Sets)));

        Assert.Equal(RunStatus.Faulted, host.State.Status);
        Assert.Equal("/do/8/raiseUnsupportedEventError", host.State.Error["instance"]);
        Assert.Equal("The specified station event 'null' is not supported in this context", host.State.Error["detail"]);
        Assert.Equal("https://serverlessworkflow.io/spec/1.0.0/errors/runtime", host.State.Error["type"]);
        Assert.Equal(400, host.State.Error["status"]);
        Assert.Empty(host.Calls);
        Assert.Equal(["initialize", "handleStationEvents"], host.Completed);
    }

    [Fact]
    public void ShippedWorkflows_Loaded_HaveNothingWrong()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(SharedFiles.Root, "workflows"), "*.yaml"))
        {
            var compilation = WorkflowProgram.Load(File.ReadAllText(file), Path.GetFileName(file));

            Assert.Empty(compilation.Findings.Where(f => f.Severity > Findings.FindingSeverity.Info).Select(f => f.ToString()));
            Assert.NotNull(compilation.Program);
        }
    }
}
