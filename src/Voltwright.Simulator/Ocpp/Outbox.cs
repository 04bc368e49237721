using System.Threading.Channels;
using Voltwright.Ocpp;
using Voltwright.Ocpp.Connection;

namespace Voltwright.Simulator.Ocpp;

/// <summary>
/// What a station has to say, in order. Transaction messages survive lost connections and are repeated with the same content until
/// they are answered; notices are for the connection they were made on. OCPP 1.6 §3.7.1, §4.
/// </summary>
sealed class Outbox(OcppLine line, RetryRule rule, Traffic traffic, SimulationClock clock, bool repeats)
{
    readonly Channel<Entry> _entries = Channel.CreateUnbounded<Entry>(new UnboundedChannelOptions { SingleReader = true });
    int _waiting;

    /// <summary>Messages not yet answered.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>
    /// A transaction message; <paramref name="request"/> is made when it is sent, since it may need the answer to an earlier one.
    /// </summary>
    public void Post<TResponse>(Func<IOcppRequest<TResponse>?> request, Action<TResponse>? answered = null) =>
        Enqueue(new Entry(stop => DeliverAsync(request, answered, stop)));

    /// <summary>A notice; dropped when the connection is gone.</summary>
    public void Notify<TResponse>(IOcppRequest<TResponse> request)
    {
        var peer = line.Peer;
        Enqueue(new Entry(async _ =>
        {
            if (peer is not null && line.Peer == peer && line.IsReady) await line.CallAsync(peer, request);
        }));
    }

    /// <summary>A question that must not overtake what was said before; disconnected at once when nobody can hear it.</summary>
    public async Task<CallOutcome<TResponse>> AskAsync<TResponse>(IOcppRequest<TResponse> request, TimeSpan patience)
    {
        if (line.Peer is not { } peer || !line.IsReady) return new CallOutcome<TResponse>.Disconnected();
        var asked = new TaskCompletionSource<CallOutcome<TResponse>>(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(new Entry(async _ => asked.TrySetResult(await line.CallAsync(line.Peer == peer ? peer : null, request))));
        try
        {
            return await asked.Task.WaitAsync(patience, clock.Time);
        }
        catch (TimeoutException)
        {
            return new CallOutcome<TResponse>.TimedOut(patience);
        }
    }

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var entry in _entries.Reader.ReadAllAsync(stop))
            {
                await entry.Send(stop);
                Interlocked.Decrement(ref _waiting);
            }
        }
        catch (OperationCanceledException)
        {
            // The station was switched off.
        }
    }

    void Enqueue(Entry entry)
    {
        Interlocked.Increment(ref _waiting);
        _entries.Writer.TryWrite(entry);
    }

    async Task DeliverAsync<TResponse>(Func<IOcppRequest<TResponse>?> make, Action<TResponse>? answered, CancellationToken stop)
    {
        for (var attempt = 1; ;)
        {
            var peer = await line.ReadyAsync(stop);
            if (make() is not { } request) return;
            switch (await line.CallAsync(peer, request))
            {
                case CallOutcome<TResponse>.Answered answer:
                    if (repeats) await line.CallAsync(peer, request);
                    answered?.Invoke(answer.Response);
                    return;
                case CallOutcome<TResponse>.Disconnected:
                    await Task.Delay(TimeSpan.FromMilliseconds(10), clock.Time, stop);
                    break;
                default:
                    if (attempt++ >= rule.Attempts())
                    {
                        traffic.Violated($"{request.GetType().Name} was given up after {attempt - 1} attempts");
                        return;
                    }

                    await clock.Delay(rule.Interval() * (attempt - 1), stop);
                    break;
            }
        }
    }

    sealed record Entry(Func<CancellationToken, Task> Send);
}

/// <summary>How often a refused transaction message is said again, and after which wait, longer each time.</summary>
sealed record RetryRule(Func<int> Attempts, Func<TimeSpan> Interval);
