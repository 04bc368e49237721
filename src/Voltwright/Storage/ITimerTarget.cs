namespace Voltwright.Storage;

/// <summary>Owner of the streams of one kind, woken when a timer of one of them is due.</summary>
public interface ITimerTarget
{
    /// <summary>The part of the stream's name before the slash.</summary>
    string Kind { get; }

    /// <summary>
    /// Acts on the timer and clears or moves it in the same commit. May be called again for a timer already acted on. An exception
    /// means: again, a little later.
    /// </summary>
    Task TimerDue(string stream, string name, CancellationToken cancellation);
}
