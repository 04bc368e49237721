using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Voltwright.Cluster;
using Voltwright.Storage;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation;

// What a run asks others to do, and what they tell it meanwhile.
public sealed partial class RunGrain
{
    private async Task InvokeAsync(Invoke invoke)
    {
        using var cancellation = new CancellationTokenSource();
        if (!_calls.TryAdd(invoke.Id, cancellation))
            return;
        try
        {
            var happened = Channel.CreateUnbounded<RunEvent>(new UnboundedChannelOptions { SingleReader = true });
            var work = Task.Run(() => WorkAsync(invoke, happened.Writer, cancellation.Token));
            await foreach (var e in happened.Reader.ReadAllAsync())
            {
                if (e is not InvokeProgress)
                    _calls.Remove(invoke.Id);
                await ApplyAsync(e, null);
            }

            await work;
        }
        catch (StaleVersionException)
        {
            await GrainFactory.Find<IRunGrain>(Id).Wake();
        }
        catch (ObjectDisposedException)
        {
            // This activation is gone: the next one invokes it again, under the same key.
        }
        catch (Exception e)
        {
            log.LogError(e, "Run {Run} of {Workflow} could not go on after {Invocation}", Id, _run?.Order.Workflow, invoke);
        }
        finally
        {
            _calls.Remove(invoke.Id);
        }
    }

    private async Task WorkAsync(Invoke invoke, ChannelWriter<RunEvent> happened, CancellationToken cancellation)
    {
        using var activity = Telemetry.StartInvocation(invoke, _run!.Order.TraceParent);
        if (await invoker.InvokeAsync(invoke, progress => happened.TryWrite(progress), cancellation) is { } end)
            happened.TryWrite(end);
        happened.Complete();
    }
}
