using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Voltwright.Server.Console.Layout;

/// <summary>
/// Answers with a Razor component as a whole page, rendered here once. The component gets the frame and the values given, and needs
/// nothing else: it asks no store and changes nothing.
/// </summary>
internal sealed class Page(Type component, int status, Dictionary<string, object?> values) : IResult
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static Page Of<TComponent>(params (string Name, object? Value)[] values)
        where TComponent : IComponent => Of<TComponent>(200, values);

    public static Page Of<TComponent>(int status, params (string Name, object? Value)[] values)
        where TComponent : IComponent => new(typeof(TComponent), status, values.ToDictionary(v => v.Name, v => v.Value));

    private string _policy = Policy;

    /// <summary>Lets scripts of the page write styles, and work beside it; both for the text editor.</summary>
    public Page WithOwnStyles()
    {
        _policy = Policy.Replace("style-src 'self'", "style-src 'self' 'unsafe-inline'; worker-src 'self'; font-src 'self'", StringComparison.Ordinal);
        return this;
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var request = httpContext.Request;
        var form = request.HasFormContentType ? await request.ReadFormAsync(httpContext.RequestAborted) : null;
        values["Frame"] = Frame.Of(httpContext) with
        {
            Refused = status >= 400 ? form : null,
            IsAnswer = !HttpMethods.IsGet(request.Method),
            Here = ConsolePage.Local(HttpMethods.IsGet(request.Method) ? request.Path + request.QueryString : form?[Frame.HereField].ToString()),
        };
        var services = httpContext.RequestServices;
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync(component, ParameterView.FromDictionary(values))).ToHtmlString());
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = _policy;
        await response.WriteAsync(html, httpContext.RequestAborted);
    }
}
