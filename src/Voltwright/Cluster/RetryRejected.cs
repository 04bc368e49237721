using Orleans.Runtime;

namespace Voltwright.Cluster;

/// <summary>
/// A call that met a node just going or gone did not happen, and is made again until its target is somewhere else. Orleans tries such
/// a node's address for a second before it believes that nobody is there. What belongs to a node, such as its sockets or its part of the
/// directory, is nowhere else: those who ask for it, Orleans among them, must learn at once that it is gone.
/// </summary>
internal sealed class RetryRejected(TimeProvider clock) : IOutgoingGrainCallFilter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var began = clock.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await context.Invoke();
                return;
            }
            catch (Exception e) when (e is OrleansMessageRejectionException or SiloUnavailableException
                && !context.TargetId.IsSystemTarget() && clock.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(pause, clock);
            }
        }
    }
}
