using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Voltwright.Automation;
using Voltwright.Forwarding;
using Voltwright.Forwarding.Webhooks;
using Voltwright.Jq;
using Voltwright.Storage;
using Voltwright.Testing;

namespace Voltwright.Tests.Forwarding.Webhooks;

public sealed class WebhookSinkTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly StoredEvent Event = new(
        7, JsonValue.Parse("""{"specversion":"1.0","id":"1","source":"/s","type":"t","subject":"CP1","data":{"a":1}}"""));

    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(204)]
    public async Task Send_WithASuccess_IsDelivered(int status)
    {
        await using var receiver = await FakeService.StartAsync(_ => Results.StatusCode(status));
        Assert.Equal(new SendOutcome.Delivered(status), await SendAsync(receiver.Address));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Send_WithAnError_MayBeTriedAgain(int status)
    {
        await using var receiver = await FakeService.StartAsync(_ => Results.StatusCode(status));
        Assert.Equal(new SendOutcome.Failed($"The receiver answered {status}.", status), await SendAsync(receiver.Address));
    }

    [Fact]
    public async Task Send_ToAReceiverThatIsGone_IsUnwanted()
    {
        await using var receiver = await FakeService.StartAsync(_ => Results.StatusCode(410));
        Assert.IsType<SendOutcome.Unwanted>(await SendAsync(receiver.Address));
    }

    [Fact]
    public async Task Send_WithARedirect_DoesNotFollowIt()
    {
        await using var elsewhere = await FakeService.StartAsync(_ => Results.Ok());
        await using var receiver = await FakeService.StartAsync(_ => Results.Redirect(elsewhere.Address.ToString()));

        Assert.Equal(302, Assert.IsType<SendOutcome.Failed>(await SendAsync(receiver.Address)).Status);
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("Fri, 01 May 2026 12:01:00 GMT", 60)]
    [InlineData("100000", 3600)]
    [InlineData("nonsense", null)]
    public async Task Send_ToldWhenToComeAgain_PassesThatOn(string header, int? seconds)
    {
        await using var receiver = await FakeService.StartAsync((_, context) =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = header;
            return Task.CompletedTask;
        });

        var failed = Assert.IsType<SendOutcome.Failed>(await SendAsync(receiver.Address));

        Assert.Equal(seconds is { } s ? TimeSpan.FromSeconds(s) : null, failed.RetryAfter);
    }

    [Fact]
    public async Task Send_ToAReceiverThatStalls_GivesUpInTime()
    {
        await using var receiver = await FakeService.StartAsync((_, context) => FakeService.NeverAsync(context));
        var clock = new FakeTimeProvider(Now);
        var sending = SendAsync(receiver.Address, clock: clock);
        await receiver.NextAsync(1);

        clock.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(new SendOutcome.Failed("No answer within 15 s."), await sending);
    }

    [Fact]
    public async Task Send_ToNobody_MayBeTriedAgain()
    {
        Uri address;
        await using (var receiver = await FakeService.StartAsync(_ => Results.Ok()))
            address = receiver.Address;
        Assert.IsType<SendOutcome.Failed>(await SendAsync(address));
    }

    [Fact]
    public async Task Send_ToAPrivateAddressThatNobodyAllowed_IsRefused()
    {
        await using var receiver = await FakeService.StartAsync(_ => Results.Ok());

        var failed = Assert.IsType<SendOutcome.Failed>(await SendAsync(receiver.Address, new HttpRoutes()));

        Assert.Contains("allows", failed.Reason, StringComparison.Ordinal);
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task Send_WithAMappedAddress_GoesThere()
    {
        await using var receiver = await FakeService.StartAsync(_ => Results.Ok());
        var routes = new HttpRoutes(new Dictionary<string, Uri> { ["https://hooks.example"] = receiver.Address });

        Assert.IsType<SendOutcome.Delivered>(await SendAsync(new Uri("https://hooks.example/path?x=1"), routes));

        Assert.Equal("/path?x=1", receiver.Requests[0].Path);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(-1, 1)]
    public async Task Send_WithAnOldSecret_SignsWithBothWhileItIsValid(int hoursLeft, int signatures)
    {
        await using var receiver = await FakeService.StartAsync(_ => Results.Ok());
        await SendAsync(receiver.Address, change: w => w with { OldSecret = WebhookSecret.New(), OldSecretUntil = Now.AddHours(hoursLeft) });

        var request = receiver.Requests[0];
        Assert.Equal(signatures, request.Header("webhook-signature")!.Split(' ').Length);
        Assert.Equal(Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), request.Header("webhook-timestamp"));
    }

    [Fact]
    public async Task Send_InBinaryMode_HasNoEnvelope()
    {
        await using var receiver = await FakeService.StartAsync(_ => Results.Ok());
        await SendAsync(receiver.Address, change: w => w with { Mode = WebhookMode.Binary });
        Assert.Equal(("""{"a":1}""", "CP1", "t"), (receiver.Requests[0].Body, receiver.Requests[0].Header("ce-subject"), receiver.Requests[0].Header("ce-type")));
    }

    private static async Task<SendOutcome> SendAsync(
        Uri address, HttpRoutes? routes = null, FakeTimeProvider? clock = null, Func<Webhook, Webhook>? change = null)
    {
        using var http = new WebhookHttp(routes ?? new HttpRoutes(allow: [address.Authority]));
        var webhook = new Webhook(
            "w", address.ToString(), null, [], [], WebhookMode.Structured, WebhookStatus.Active, new ForwardingPolicy(), WebhookSecret.New(), Now, 0);
        return await new WebhookSink(change?.Invoke(webhook) ?? webhook, http, clock ?? new FakeTimeProvider(Now)).SendAsync(Event, default);
    }
}
