using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Findings;

namespace Voltwright.Workflows.Reading;

/// <summary>Reads the small parts that tasks and workflow share.</summary>
internal sealed class PartReader(ReadingContext context)
{
    private const string ExpressionHint = "write an expression as '${ … }'";

    public DataFlowDefinition? DataFlow(SourceNode? node, string name, string transform)
    {
        if (ObjectReader.Open(context, node, $"'{name}'") is not { } reader)
            return null;
        var schema = Schema(reader.Any("schema"));
        var value = reader.TextOrMapping(transform);
        reader.Close();
        return new DataFlowDefinition(schema, value);
    }

    public SchemaDefinition? Schema(SourceNode? node)
    {
        if (ObjectReader.Open(context, node, "'schema'") is not { } reader)
            return null;
        var format = reader.Text("format")?.Text ?? "json";
        var document = reader.Any("document");
        var resource = Resource(reader.Any("resource"), "'resource'");
        reader.ExactlyOne("document", "resource");
        reader.Close();
        return new SchemaDefinition(reader.Node, format, document, resource);
    }

    public ResourceDefinition? Resource(SourceNode? node, string what)
    {
        if (ObjectReader.Open(context, node, what) is not { } reader)
            return null;
        var name = reader.Text("name")?.Text;
        var endpoint = Endpoint(reader.Any("endpoint", required: true));
        reader.Close();
        return new ResourceDefinition(reader.Node, name, endpoint);
    }

    public EndpointDefinition? Endpoint(SourceNode? node)
    {
        if (node is null)
            return null;
        if (node.Text is not null)
            return new EndpointDefinition(node, null);
        if (node.Members is null)
        {
            context.Error(node, Rules.WrongType, $"'endpoint' must be an address or a mapping, not {ObjectReader.Describe(node)}.");
            return null;
        }

        var reader = ObjectReader.Open(context, node, "'endpoint'")!;
        var uri = reader.Text("uri", required: true);
        var authentication = Authentication(reader.Any("authentication"), mayUse: true);
        reader.Close();
        return uri is null ? null : new EndpointDefinition(uri, authentication);
    }

    public AuthenticationDefinition? Authentication(SourceNode? node, bool mayUse)
    {
        if (ObjectReader.Open(context, node, "'authentication'") is not { } reader)
            return null;
        if (mayUse && reader.Has("use"))
        {
            var use = reader.Text("use");
            reader.Close();
            return new AuthenticationDefinition(reader.Node, use, null, null, null);
        }

        string[] schemes = ["basic", "bearer", "digest", "oauth2", "oidc"];
        var scheme = reader.ExactlyOne(schemes);
        foreach (var name in schemes)
            reader.Any(name);
        reader.Close();
        if (scheme is null)
            return null;
        var properties = reader.Any(scheme)!;
        var secret = SchemeProperties(properties, scheme);
        return new AuthenticationDefinition(reader.Node, null, scheme, secret, properties);
    }

    public DurationDefinition? Duration(SourceNode? node, string name)
    {
        if (node is null)
            return null;
        if (node.Text is { } text)
            return TextDuration(node, text, name);
        if (ObjectReader.Open(context, node, $"'{name}'") is not { } reader)
            return null;
        var milliseconds = 0m;
        foreach (var (unit, factor) in new[] { ("days", 86_400_000m), ("hours", 3_600_000m), ("minutes", 60_000m), ("seconds", 1000m), ("milliseconds", 1m) })
        {
            if (reader.Whole(unit)?.Scalar is { } amount && amount.TryGetInt64(out var count))
                milliseconds += count * factor;
        }

        reader.Close();
        if (node.Members!.Count == 0)
            context.Error(node, Rules.MissingProperty, $"'{name}' is an empty duration.", "give days, hours, minutes, seconds or milliseconds");
        if (milliseconds is >= 0 and <= DurationText.Longest * 1000)
            return new DurationDefinition(node, TimeSpan.FromMilliseconds((double)milliseconds));
        context.Error(node, Rules.InvalidValue, $"'{name}' must lie between nothing and a thousand years.");
        return null;
    }

    public TimeoutDefinition? Timeout(SourceNode? node)
    {
        if (node is null)
            return null;
        if (node.Text is { } name)
            return new TimeoutDefinition(node, name, null);
        if (ObjectReader.Open(context, node, "'timeout'") is not { } reader)
            return null;
        var after = Duration(reader.Any("after", required: true), "after");
        reader.Close();
        return new TimeoutDefinition(node, null, after);
    }

    public ErrorDefinition? Error(SourceNode? node)
    {
        if (ObjectReader.Open(context, node, "'error'") is not { } reader)
            return null;
        var type = reader.Text("type", required: true);
        var status = reader.Any("status", required: true);
        if (status is not null && !status.Scalar.TryGetInt64(out _) && !(status.Text is { } text && Expressions.ExpressionText.IsMarked(text)))
        {
            context.Error(status, Rules.WrongType, $"'status' must be a whole number, not {ObjectReader.Describe(status)}.");
            status = null;
        }

        var title = reader.Text("title");
        var detail = reader.Text("detail");
        reader.Text("instance");
        reader.Close();
        return new ErrorDefinition(reader.Node, type, status, title, detail);
    }

    public RetryDefinition? Retry(SourceNode? node)
    {
        if (ObjectReader.Open(context, node, "'retry'") is not { } reader)
            return null;
        var (when, except) = (reader.Text("when"), reader.Text("exceptWhen"));
        var delay = Duration(reader.Any("delay"), "delay");
        var backoff = Backoff(reader.Any("backoff"));
        var limit = Limit(reader.Any("limit"));
        DurationDefinition? from = null, to = null;
        if (ObjectReader.Open(context, reader.Any("jitter"), "'jitter'") is { } jitter)
        {
            from = Duration(jitter.Any("from", required: true), "from");
            to = Duration(jitter.Any("to", required: true), "to");
            jitter.Close();
        }

        reader.Close();
        return new RetryDefinition(reader.Node, when, except, delay, backoff, limit.Count, limit.AttemptDuration, limit.Duration, from, to);
    }

    private BackoffKind Backoff(SourceNode? node)
    {
        if (ObjectReader.Open(context, node, "'backoff'") is not { } reader)
            return BackoffKind.Constant;
        var kind = reader.ExactlyOne("constant", "exponential", "linear");
        foreach (var name in new[] { "constant", "exponential", "linear" })
            reader.Any(name);
        reader.Close();
        return kind switch
        {
            "exponential" => BackoffKind.Exponential,
            "linear" => BackoffKind.Linear,
            _ => BackoffKind.Constant,
        };
    }

    private (long? Count, DurationDefinition? AttemptDuration, DurationDefinition? Duration) Limit(SourceNode? node)
    {
        if (ObjectReader.Open(context, node, "'limit'") is not { } reader)
            return default;
        long? count = null;
        DurationDefinition? attemptDuration = null;
        if (ObjectReader.Open(context, reader.Any("attempt"), "'attempt'") is { } attempt)
        {
            count = attempt.Whole("count")?.Scalar.TryGetInt64(out var number) == true ? number : null;
            attemptDuration = Duration(attempt.Any("duration"), "duration");
            attempt.Close();
        }

        var duration = Duration(reader.Any("duration"), "duration");
        reader.Close();
        return (count, attemptDuration, duration);
    }

    private DurationDefinition? TextDuration(SourceNode node, string text, string name)
    {
        if (Expressions.ExpressionText.IsMarked(text))
            return new DurationDefinition(node, null);
        if (DurationText.TryParse(text, out var constant))
            return new DurationDefinition(node, constant);
        context.Error(node, Rules.InvalidValue, $"'{name}' is no ISO 8601 duration: '{text}'.", $"write PT30S, P1D or a mapping; {ExpressionHint}");
        return null;
    }

    private SourceNode? SchemeProperties(SourceNode node, string scheme)
    {
        // The prose of the DSL shows a bare token, and everybody copies it.
        if (scheme == "bearer" && node.Text is not null)
            return null;
        if (ObjectReader.Open(context, node, $"'{scheme}'") is not { } reader)
            return null;
        if (reader.Has("use"))
        {
            var secret = reader.Text("use");
            reader.Close();
            return secret;
        }

        switch (scheme)
        {
            case "basic" or "digest":
                reader.Scalar("username", required: true);
                reader.Scalar("password", required: true);
                break;
            case "bearer":
                reader.Scalar("token", required: true);
                break;
            default:
                TokenProperties(reader, scheme == "oauth2");
                break;
        }

        reader.Close();
        return null;
    }

    private void TokenProperties(ObjectReader reader, bool hasEndpoints)
    {
        reader.Text("authority", required: true);
        reader.Choice("grant", required: true, "authorization_code", "client_credentials", "password", "refresh_token",
            "urn:ietf:params:oauth:grant-type:token-exchange");
        if (ObjectReader.Open(context, reader.Any("client"), "'client'") is { } client)
        {
            foreach (var name in new[] { "id", "secret", "assertion" })
                client.Text(name);
            client.Choice("authentication", "client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none");
            client.Close();
        }

        if (hasEndpoints)
            reader.Mapping("endpoints");
        reader.Mapping("request");
        foreach (var name in new[] { "issuers", "scopes", "audiences" })
            reader.Sequence(name);
        reader.Scalar("username");
        reader.Scalar("password");
        reader.Mapping("subject");
        reader.Mapping("actor");
    }
}
