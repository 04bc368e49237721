using System.Net;
using System.Net.Http.Json;
using MQTTnet.Server;
using Voltwright.Bench.Serving;
using Voltwright.Forwarding.Publications;
using Voltwright.Testing;

namespace Voltwright.Server.Tests.Api;

public sealed class PublicationApiTests
{
    [Fact]
    public async Task Events_WithAPublication_ReachItsBrokerAlsoAfterItWasAway()
    {
        var port = Ports.Free();
        await using var server = await RunningServer.StartAsync(o => o with
        {
            Publications = [Publication.Parse($"city=mqtt://127.0.0.1:{port}/ev/{{subject}}", _ => null)],
        });
        await EventuallyAsync(async () => (await server.GetAsync("/api/v2/publications")).Json["items"][0]["name"] == "city");
        await PublishAsync(server, "e1");
        await EventuallyAsync(async () => (await server.GetAsync("/api/v2/publications")).Json["items"][0]["failing"][0]["subject"] == "CP1");

        var topics = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var broker = await StartBrokerAsync(port, topics);

        Assert.Equal("ev/CP1", await topics.Task.WaitAsync(TimeSpan.FromMinutes(2)));
        await EventuallyAsync(async () => (await server.GetAsync("/api/v2/publications/city/deliveries")).Json["items"][0]["outcome"] == "delivered");
        Assert.Empty((await server.GetAsync("/api/v2/publications/city/dead-letters")).Json["items"].AsArray());
        await broker.StopAsync();
    }

    [Theory]
    [InlineData("deliveries")]
    [InlineData("dead-letters")]
    public async Task Publication_ThatIsNone_IsNotFound(string what)
    {
        await using var server = await RunningServer.StartAsync();
        Assert.Equal(404, (await server.GetAsync($"/api/v2/publications/none/{what}")).Status);
        Assert.Equal(404, (await server.PostAsync("/api/v2/publications/none/dead-letters/1/replay", "")).Status);
    }

    private static async Task<MqttServer> StartBrokerAsync(int port, TaskCompletionSource<string> topics)
    {
        var options = new MqttServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
            .WithDefaultEndpointPort(port).WithDefaultEndpointBoundIPV6Address(IPAddress.None).Build();
        var broker = new MqttServerFactory().CreateMqttServer(options);
        broker.InterceptingPublishAsync += e =>
        {
            topics.TrySetResult(e.ApplicationMessage.Topic);
            return Task.CompletedTask;
        };
        await broker.StartAsync();
        return broker;
    }

    private static async Task PublishAsync(RunningServer server, string id)
    {
        var e = new { specversion = "1.0", id, source = "/test", type = "t", subject = "CP1" };
        using var content = JsonContent.Create(e, new System.Net.Http.Headers.MediaTypeHeaderValue("application/cloudevents+json"));
        Assert.Equal(202, (await server.SendAsync(HttpMethod.Post, "/events", content)).Status);
    }

    private static async Task EventuallyAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (!await isSo())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
    }
}
