namespace Voltwright.Cli;

internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The thing checked or run failed.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage, or input that cannot be used.</summary>
    public const int Unusable = 2;
}
