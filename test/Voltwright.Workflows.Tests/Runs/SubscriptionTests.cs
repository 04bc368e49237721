using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Tests.Runs;

public sealed class SubscriptionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Subscription_Amount_CountsWhatPassesTheFilter(bool restores)
    {
        var host = Begin("filter: '${ .payload > 1 }', consume: { amount: 2 }", restores);
        Send(host, 1, 2, 1, 3);
        Assert.Equal("""[{"payload":2},{"payload":3}]""", host.State.Output.ToString());
        Assert.Single(host.Commands.OfType<CancelInvoke>());
    }

    [Fact]
    public void Subscription_While_IsAskedBeforeEachMessage()
    {
        var host = Begin("consume: { while: '${ length < 2 }' }");
        Send(host, 1);
        Assert.Equal(RunStatus.Waiting, host.State.Status);
        Send(host, 2);
        Assert.Equal("""[{"payload":1},{"payload":2}]""", host.State.Output.ToString());
    }

    [Fact]
    public void Subscription_WhileFalseAtOnce_SubscribesToNothing()
    {
        var host = Begin("consume: { while: '${ false }' }");
        Assert.Equal("[]", host.State.Output.ToString());
        Assert.Empty(host.Commands);
    }

    [Fact]
    public void Subscription_Until_IsAskedAfterEachMessage()
    {
        var host = Begin("consume: { until: '${ .[-1].payload == 9 }' }");
        Send(host, 8, 9, 10);
        Assert.Equal("""[{"payload":8},{"payload":9}]""", host.State.Output.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Subscription_TimeOver_EndsWithWhatThereIs(bool restores)
    {
        var host = Begin("consume: { amount: 5, for: { seconds: 10 } }", restores);
        Send(host, 1);
        Assert.True(host.Go());
        Assert.Equal("""[{"payload":1}]""", host.State.Output.ToString());
        Assert.Equal(TestHost.Start.AddSeconds(10), host.Now);
        Assert.Single(host.Commands.OfType<CancelInvoke>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Subscription_ForEach_WorksThemOffOneAfterAnother(bool restores)
    {
        var host = Begin("""
            consume: { amount: 3 }, foreach: { item: message, at: n, do: [
                      { s: { set: { n: '${ $n }', double: '${ $message.payload * 2 + $n * 100 }' } } }, { w: { wait: PT1S } } ],
                      output: { as: '${ .double }' }, export: { as: '${ ($context // []) + [.] }' } }
            """, restores);
        Send(host, 1, 2, 3);
        Assert.Equal(RunStatus.Waiting, host.State.Status);
        for (var i = 0; i < 3; i++)
            Assert.True(host.Go());
        Assert.Equal("[2,104,206]", host.State.Output.ToString());
        Assert.Equal(TestHost.Start.AddSeconds(3), host.Now);
    }

    [Fact]
    public void Subscription_TimeOverAmidAMessage_WorksThatOneOff()
    {
        var host = Begin("consume: { amount: 9, for: PT5S }, foreach: { do: [ { w: { wait: PT20S } } ] }");
        Send(host, 1, 2);
        Assert.True(host.Go());
        Assert.Equal(RunStatus.Waiting, host.State.Status);
        Assert.True(host.Go());
        Assert.Equal("""[{"payload":1}]""", host.State.Output.ToString());
        Assert.Equal(TestHost.Start.AddSeconds(20), host.Now);
    }

    [Fact]
    public void Subscription_EndedByTheOtherSide_EndsWithWhatThereIs()
    {
        var host = Begin("consume: { amount: 5 }");
        Send(host, 1);
        host.Apply(new Invoked(host.Now, host.Commands[0].Id, default));
        Assert.Equal("""[{"payload":1}]""", host.State.Output.ToString());
        Assert.Empty(host.Commands.OfType<CancelInvoke>());
    }

    [Fact]
    public void Subscription_Broken_IsAnErrorEvenAmidAMessage()
    {
        var host = Begin("consume: { amount: 5 }, foreach: { do: [ { w: { wait: PT20S } } ] }");
        Send(host, 1);
        host.Apply(new InvokeFailed(host.Now, host.Commands[0].Id, InvocationFailure.Communication, 503, "gone"));
        Assert.Equal((RunStatus.Faulted, "gone"), (host.State.Status, host.State.Error["detail"].AsString()));
    }

    [Fact]
    public void Subscription_AfterARestart_IsAskedForAgain()
    {
        var host = Begin("consume: { amount: 2 }");
        Send(host, 1);
        var pending = RunState.FromJson(host.Program, JsonValue.Parse(host.State.ToJson().ToString()), null).Pending;
        Assert.Equal(host.Commands[0], Assert.Single(pending));
    }

    [Fact]
    public void Subscription_FilterThatFails_IsAnError()
    {
        var host = Begin("filter: '${ .payload.x }', consume: { amount: 2 }");
        Send(host, 1);
        Assert.EndsWith("/expression", host.State.Error["type"].AsString(), StringComparison.Ordinal);
    }

    private static TestHost Begin(string subscription, bool restores = false) => new TestHost($$"""
        document: { dsl: '1.0.3', namespace: test, name: test, version: '1.0.0' }
        do:
          - a:
              call: asyncapi
              with: { document: { endpoint: 'https://x.example/doc.json' }, operation: o, subscription: { {{subscription}} } }
        """)
    {
        Restores = restores,
    }.Begin();

    private static void Send(TestHost host, params int[] payloads)
    {
        var id = host.Commands.OfType<Invoke>().Single().Id;
        foreach (var payload in payloads)
        {
            if (host.State.Status is RunStatus.Running or RunStatus.Waiting)
                host.Apply(new InvokeProgress(host.Now, id, JsonObject.Of(("payload", payload))));
        }
    }
}
