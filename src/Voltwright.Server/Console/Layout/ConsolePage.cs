using Voltwright.Server.Auth;
using Voltwright.Server.Problems;

namespace Voltwright.Server.Console.Layout;

/// <summary>Marks what people look at in a browser: they are led to the sign-in, and told in words what they may not do.</summary>
internal sealed class ConsolePage
{
    public const string SignInPath = "/sign-in";
    public static readonly ConsolePage Mark = new();

    public static bool Is(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ConsolePage>() is not null;

    public static string SignInAt(HttpRequest request) => HttpMethods.IsGet(request.Method) && request.Path != "/"
        ? $"{SignInPath}?return={Uri.EscapeDataString(request.Path + request.QueryString)}"
        : SignInPath;

    /// <summary>A place of this server to go on at; anything else, however it is disguised, is the first page.</summary>
    public static string Local(string? place) =>
        place is ['/', ..] and not ['/', '/' or '\\', ..] && !place.Any(char.IsControl) && !place.Contains('\\', StringComparison.Ordinal) ? place : "/";

    public static Task RefuseAsync(HttpContext context) =>
        Page.Of<Notice>(403, ("Title", "Not allowed"), ("Text", "Your role does not include this. An administrator can change it."))
            .ExecuteAsync(context);

    /// <summary>What could not be done, as a page.</summary>
    public static Task FailAsync(HttpContext context, Problem problem) =>
        Page.Of<Notice>(problem.Status, ("Title", problem.Title), ("Text", problem.Detail)).ExecuteAsync(context);

    public static IResult NotFound(string what) => Page.Of<Notice>(404, ("Title", "Not found"), ("Text", what));
}
