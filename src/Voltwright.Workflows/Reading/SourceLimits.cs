namespace Voltwright.Workflows.Reading;

/// <summary>What a definition may be at most: far above what people write, far below what hurts.</summary>
internal static class SourceLimits
{
    /// <summary>Characters of text.</summary>
    public const int Length = 4 * 1024 * 1024;

    /// <summary>Nested mappings and sequences.</summary>
    public const int Depth = 200;

    /// <summary>Nodes, aliases written out.</summary>
    public const int Nodes = 500_000;

    /// <summary>Tasks, functions written out wherever they are called.</summary>
    public const int Tasks = 100_000;
}
