using Microsoft.AspNetCore.Http.Features;

namespace Voltwright.Server.Hosting;

/// <summary>The response of a call within the process: nothing leaves before it is whole, so it starts when it is complete.</summary>
internal sealed class InProcessResponse : HttpResponseFeature
{
    private readonly Stack<(Func<object, Task> Callback, object State)> _starting = [];
    private readonly Stack<(Func<object, Task> Callback, object State)> _completed = [];
    private bool _started;

    public override bool HasStarted => _started;

    public override void OnStarting(Func<object, Task> callback, object state) => _starting.Push((callback, state));

    public override void OnCompleted(Func<object, Task> callback, object state) => _completed.Push((callback, state));

    public async Task StartAsync()
    {
        _started = true;
        foreach (var (callback, state) in _starting)
            await callback(state);
    }

    public async Task CompleteAsync()
    {
        foreach (var (callback, state) in _completed)
            await callback(state);
    }
}
