using Microsoft.AspNetCore.Http.Features;

namespace Voltwright.Server.Hosting;

/// <summary>The server's request pipeline for callers in this process; calls wait until the server has started.</summary>
internal sealed class InProcessPipeline
{
    private readonly TaskCompletionSource<Func<IFeatureCollection, Task>> _run = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open(Func<IFeatureCollection, Task> run) => _run.TrySetResult(run);

    public async Task RunAsync(IFeatureCollection features, CancellationToken cancellation)
    {
        var run = await _run.Task.WaitAsync(cancellation);
        await run(features);
    }
}
