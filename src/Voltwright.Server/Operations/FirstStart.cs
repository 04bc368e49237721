using Voltwright.Server.Auth;

namespace Voltwright.Server.Operations;

/// <summary>Before the first request: somebody must hold a key.</summary>
internal sealed class FirstStart(ApiKeys keys) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => keys.EnsureAdministratorAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
