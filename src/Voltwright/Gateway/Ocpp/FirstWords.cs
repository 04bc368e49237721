using Voltwright.Ocpp.Connection;
using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp;

/// <summary>
/// What a station missed waits until its first message has been answered, its BootNotification as a rule: what they are sent before that,
/// some lose, and their line stands still until it is given up. One that says nothing, because it only lost its connection, gets it anyway.
/// </summary>
internal sealed class FirstWords(string stationId, UndeliveredWishes wishes)
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>CALLRESULT, OCPP-J section 4.2.2.</summary>
    private static ReadOnlySpan<byte> Answer => "[3,"u8;

    public void Observe(FrameDirection direction, ReadOnlySpan<byte> message)
    {
        if (direction == FrameDirection.Sent && message.StartsWith(Answer))
            _answered.TrySetResult();
    }

    public async Task DeliverAsync(TimeSpan patience, TimeProvider time, CancellationToken hungUp)
    {
        await _answered.Task.WaitAsync(patience, time, hungUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!hungUp.IsCancellationRequested)
            wishes.Add(stationId);
    }
}
