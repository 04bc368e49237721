using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Voltwright.Server.Operations;

/// <summary>
/// From the moment it is told to stop, the server is not ready, and its stations are sent elsewhere; requests are still answered for a
/// while, so that whoever distributes them has time to notice.
/// </summary>
internal sealed class Draining(IHostApplicationLifetime lifetime, ServerOptions options) : IHealthCheck, IHostedLifecycleService
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested
            ? HealthCheckResult.Unhealthy("The server is draining.") : HealthCheckResult.Healthy());

    /// <summary>Each answer is then the last on its connection: whoever asks again connects anew, to a server that stays.</summary>
    public Task SayGoodbyeAsync(HttpContext context, RequestDelegate next)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested && HttpProtocol.IsHttp11(context.Request.Protocol))
            context.Response.Headers.Connection = "close";
        return next(context);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) =>
        Task.Delay(options.Drain, options.Time, cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
