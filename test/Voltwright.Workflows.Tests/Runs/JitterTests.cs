using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Tests.Runs;

public sealed class JitterTests
{
    private const string Yaml = """
        document: { dsl: 1.0.3, namespace: test, name: jitter, version: 1.0.0 }
        do:
          - safe:
              try: [ { get: { call: http, with: { method: get, endpoint: https://x.test/ } } } ]
              catch: { retry: { delay: PT10S, jitter: { from: PT1S, to: PT3S }, limit: { attempt: { count: 20 } } } }
        """;

    [Fact]
    public void Delays_WithJitter_StayInBoundsAndDiffer()
    {
        var delays = Delays();

        Assert.Equal(20, delays.Count);
        Assert.All(delays, d => Assert.InRange(d, TimeSpan.FromSeconds(11), TimeSpan.FromSeconds(13)));
        Assert.True(delays.Distinct().Count() > 10);
    }

    [Fact]
    public void Delays_OfTheSameRun_AreTheSameAgain() => Assert.Equal(Delays(), Delays());

    private static List<TimeSpan> Delays()
    {
        var host = new TestHost(Yaml);
        var delays = new List<TimeSpan>();
        host.Http = call =>
        {
            delays.Add(host.Now - TestHost.Start - delays.Aggregate(TimeSpan.Zero, (a, b) => a + b));
            return host.Answer(call, 500, "null");
        };
        host.Run();
        Assert.Equal(RunStatus.Faulted, host.State.Status);
        return delays[1..];
    }
}
