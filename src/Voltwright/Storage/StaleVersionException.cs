namespace Voltwright.Storage;

/// <summary>Another writer was first: load again and decide anew.</summary>
public sealed class StaleVersionException(string stream, long expected, long found)
    : Exception($"Stream '{stream}' is at version {found}, not {expected}.")
{
    public string Stream { get; } = stream;
}
