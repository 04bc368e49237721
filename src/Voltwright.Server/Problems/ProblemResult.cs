namespace Voltwright.Server.Problems;

/// <summary>How endpoints answer: the value, or the problem that a refusal is.</summary>
public static class ProblemResult
{
    public static IResult ToResult<T>(this Outcome<T> outcome, Func<T, IResult> accepted)
        where T : class =>
        outcome.Match(accepted, refusal => Problem.From(refusal).ToResult());

    public static IResult ToResult(this Problem problem) => new Written(problem);

    private sealed class Written(Problem problem) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => problem.Status;

        public Task ExecuteAsync(HttpContext httpContext) => problem.WriteAsync(httpContext);
    }
}
