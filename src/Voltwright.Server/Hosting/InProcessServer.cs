using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Voltwright.Server.Hosting;

/// <summary>Kestrel, with a side door: what the server hands to Kestrel also answers calls that come from within the process.</summary>
internal sealed class InProcessServer(IServer kestrel, InProcessPipeline pipeline, string urls) : IServer
{
    public IFeatureCollection Features => kestrel.Features;

    public async Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        try
        {
            await kestrel.StartAsync(application, cancellationToken);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new StartupException(
                StartupProblem.AddressInUse, urls, "Another program listens there already.",
                "Stop it, or choose another address with --urls.", e);
        }
        catch (Exception e) when (e is FormatException or System.Net.Sockets.SocketException or IOException or InvalidOperationException)
        {
            throw new StartupException(
                StartupProblem.AddressInvalid, urls, $"The server cannot listen there: {e.Message}",
                "Give an address of this machine with --urls.", e);
        }

        pipeline.Open(features => RunAsync(application, features));
    }

    public Task StopAsync(CancellationToken cancellationToken) => kestrel.StopAsync(cancellationToken);

    public void Dispose() => kestrel.Dispose();

    private static async Task RunAsync<TContext>(IHttpApplication<TContext> application, IFeatureCollection features)
        where TContext : notnull
    {
        var context = application.CreateContext(features);
        try
        {
            await application.ProcessRequestAsync(context);
            application.DisposeContext(context, null);
        }
        catch (Exception e)
        {
            application.DisposeContext(context, e);
            throw;
        }
    }
}
