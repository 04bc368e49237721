namespace Voltwright.Automation;

public sealed record HttpCallerOptions
{
    public HttpRoutes Routes { get; init; } = new();

    /// <summary>Answers what the routes send <see cref="HttpWay.InProcess"/>.</summary>
    public HttpMessageHandler? InProcess { get; init; }

    /// <summary>From sending to the last byte of the answer, redirects included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>The largest answer, in bytes: a run keeps what it is given.</summary>
    public int LargestBody { get; init; } = 8 << 20;
}
