using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Programs;
using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Compiling;

/// <summary>Compiles HTTP calls.</summary>
internal sealed class HttpCompiler(ProgramCompiler program)
{
    private readonly ExpressionCompiler _expressions = program.Expressions;

    public HttpCall Call(CallHttpTask task, CompileScope scope)
    {
        ValueTemplate? Part(SourceNode? node) => node is null ? null : _expressions.Template(node, Place.TaskBody, scope.Variables);
        var address = task.Endpoint.Uri;
        var isExpression = ExpressionText.IsMarked(address.Text!);
        if (!isExpression && ExpressionText.LooksMarked(address.Text!))
            Part(address);
        return new HttpCall(
            task.Method.Text!,
            isExpression ? null : UriTemplate.Parse(address.Text!),
            isExpression ? Part(address) : null,
            Credentials(task.Endpoint.Authentication, scope),
            Part(task.Headers),
            Part(task.Query),
            Part(task.Body),
            task.Output,
            task.Redirect);
    }

    public HttpCredentials? Credentials(AuthenticationDefinition? definition, CompileScope scope)
    {
        if (program.References.Authentication(definition) is not { Scheme: { } scheme } authentication)
            return null;
        var name = scheme switch
        {
            "oauth2" => HttpAuthorization.OAuth2,
            "oidc" => HttpAuthorization.OpenIdConnect,
            _ => char.ToUpperInvariant(scheme[0]) + scheme[1..],
        };
        if (authentication.Secret is { } secret)
            return program.References.Secret(secret) ? new HttpCredentials(name, secret.Text, null, null) : null;
        var properties = authentication.Properties!;
        var authority = properties["authority"]?.Text is { } text && !ExpressionText.IsMarked(text) && text.Contains('{', StringComparison.Ordinal)
            ? UriTemplate.Parse(text) : null;
        return new HttpCredentials(name, null, _expressions.Template(properties, Place.TaskBody, scope.Variables), authority);
    }
}
