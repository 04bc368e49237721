namespace Voltwright.Server;

/// <summary>The server cannot start, for a reason that whoever starts it can remove.</summary>
public sealed class StartupException(StartupProblem problem, string place, string detail, string remedy, Exception? cause = null)
    : Exception($"{place}: {detail} {remedy}".TrimEnd(), cause)
{
    public StartupProblem Problem { get; } = problem;

    /// <summary>The address, folder or file that is at fault.</summary>
    public string Place { get; } = place;

    public string Detail { get; } = detail;

    public string Remedy { get; } = remedy;
}

public enum StartupProblem
{
    AddressInUse,
    AddressInvalid,
    DataUnusable,
    WorkflowInvalid,
    CertificateUnusable,
}
