namespace Voltwright.Storage;

/// <summary>Ends a callback when disposed.</summary>
internal sealed class Watch(Action end) : IDisposable
{
    public void Dispose() => end();
}
