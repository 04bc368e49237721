namespace Voltwright.Cli;

/// <summary>Input that cannot be used: printed with its place and remedy, exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
