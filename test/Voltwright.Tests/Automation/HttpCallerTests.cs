using Microsoft.AspNetCore.Http;
using Voltwright.Automation;
using Voltwright.Jq;
using Voltwright.Testing;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Runs;

namespace Voltwright.Tests.Automation;

public sealed class HttpCallerTests
{
    private const string Authority = "https://service.example";

    [Fact]
    public async Task Call_Answered_CarriesStatusHeadersAndBody()
    {
        await using var service = await FakeService.StartAsync((request, context) =>
        {
            context.Response.StatusCode = 201;
            context.Response.Headers.Append("X-Two", new[] { "a", "b" });
            return context.Response.WriteAsync($"{request.Method} {request.Body}");
        });
        using var caller = Caller(service);

        var answer = Assert.IsType<HttpAnswered>(await caller.CallAsync(Call("/things", "POST", body: "hello"), CancellationToken.None));

        Assert.Equal(201, answer.Status);
        Assert.Equal("a, b", answer.Headers["X-Two"]);
        Assert.Equal("POST \"hello\"", System.Text.Encoding.UTF8.GetString(answer.Body.Span));
        Assert.Equal("key-1", service.Requests[0].Header("Idempotency-Key"));
        Assert.Equal("application/json", service.Requests[0].Header("Content-Type"));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("http://localhost:1/")]
    [InlineData("http://[::1]:1/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    public async Task Call_ToAnAddressThatIsNotPublic_IsRefused(string uri)
    {
        using var caller = new HttpCaller(new HttpCallerOptions(), TimeProvider.System);

        var failed = Assert.IsType<HttpFailed>(await caller.CallAsync(NewCall(uri), CancellationToken.None));

        Assert.Equal(HttpFailure.RefusedAddress, failed.Kind);
    }

    [Theory]
    [InlineData("no address")]
    [InlineData("ftp://service.example/")]
    [InlineData("https://service.example:1/")]
    public async Task Call_ThatCannotBeMade_IsAFailure_NotAnException(string uri)
    {
        var routes = new HttpRoutes(new Dictionary<string, Uri> { ["https://service.example:1"] = new("http://127.0.0.1:1") });
        using var caller = new HttpCaller(new HttpCallerOptions { Routes = routes }, TimeProvider.System);

        var failed = Assert.IsType<HttpFailed>(await caller.CallAsync(NewCall(uri), CancellationToken.None));

        Assert.Equal(HttpFailure.Connection, failed.Kind);
    }

    [Theory]
    [InlineData(false, 302, "/from")]
    [InlineData(true, 200, "/to")]
    public async Task Redirect_IsFollowed_WhenAskedFor(bool follow, int status, string last)
    {
        await using var service = await FakeService.StartAsync(r => r.Path == "/from" ? Results.Redirect("/to") : Results.Text("there"));
        using var caller = Caller(service);

        var answer = Assert.IsType<HttpAnswered>(await caller.CallAsync(Call("/from", "POST", "x", follow), CancellationToken.None));

        Assert.Equal((status, last), (answer.Status, service.Requests[^1].Path));
        if (follow)
            Assert.Equal(("GET", ""), (service.Requests[^1].Method, service.Requests[^1].Body));
    }

    [Fact]
    public async Task Redirect_KeepsMethodAndBody_When307()
    {
        await using var service = await FakeService.StartAsync(
            r => r.Path == "/from" ? Results.Redirect("/to", permanent: false, preserveMethod: true) : Results.Ok());
        using var caller = Caller(service);

        await caller.CallAsync(Call("/from", "PUT", "x", follow: true), CancellationToken.None);

        Assert.Equal(("PUT", "\"x\""), (service.Requests[^1].Method, service.Requests[^1].Body));
    }

    [Fact]
    public async Task Redirects_WithoutEnd_StopAfterTen()
    {
        await using var service = await FakeService.StartAsync(_ => Results.Redirect("/again"));
        using var caller = Caller(service);

        var failed = Assert.IsType<HttpFailed>(await caller.CallAsync(Call("/", follow: true), CancellationToken.None));

        Assert.Contains("10 redirects", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(11, service.Requests.Count);
    }

    [Fact]
    public async Task Redirect_ToAnotherAuthority_LosesCredentials_AndIsJudgedAnew()
    {
        await using var service = await FakeService.StartAsync(
            r => r.Path == "/from" ? Results.Redirect("http://127.0.0.1:1/secret") : Results.Ok());
        using var caller = Caller(service);

        var failed = Assert.IsType<HttpFailed>(await caller.CallAsync(Call("/from", follow: true), CancellationToken.None));

        Assert.Equal(HttpFailure.RefusedAddress, failed.Kind);
    }

    [Fact]
    public async Task Answer_TooLarge_IsAFailure()
    {
        await using var service = await FakeService.StartAsync(_ => Results.Text(new string('x', 2000)));
        using var caller = Caller(service, o => o with { LargestBody = 1000 });

        var failed = Assert.IsType<HttpFailed>(await caller.CallAsync(Call("/"), CancellationToken.None));

        Assert.Contains("1000 bytes", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_ThatNeverComes_TimesOut_AndACancelledCallSaysNothing()
    {
        await using var service = await FakeService.StartAsync(
            (_, context) => FakeService.NeverAsync(context));
        using var caller = Caller(service, o => o with { Timeout = TimeSpan.FromMilliseconds(200) });
        using var patient = Caller(service);
        using var cancellation = new CancellationTokenSource();

        var cancelled = patient.CallAsync(Call("/"), cancellation.Token);
        await service.NextAsync(1);
        await cancellation.CancelAsync();
        var failed = Assert.IsType<HttpFailed>(await caller.CallAsync(Call("/"), CancellationToken.None));

        Assert.Null(await cancelled);
        Assert.Equal(HttpFailure.Timeout, failed.Kind);
    }

    private static HttpCaller Caller(FakeService service, Func<HttpCallerOptions, HttpCallerOptions>? change = null)
    {
        var options = new HttpCallerOptions { Routes = new HttpRoutes(new Dictionary<string, Uri> { [Authority] = service.Address }) };
        return new HttpCaller(change?.Invoke(options) ?? options, TimeProvider.System);
    }

    private static CallHttp Call(string path, string method = "GET", string? body = null, bool follow = false) =>
        NewCall(Authority + path, method, body, follow);

    private static CallHttp NewCall(string uri, string method = "GET", string? body = null, bool follow = false) => new(
        "1", "key-1", new HttpRequestSpec(method, uri, JsonObject.Empty, body, body is null ? null : "application/json", null, follow));
}
