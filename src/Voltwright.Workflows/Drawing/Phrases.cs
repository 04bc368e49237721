using System.Globalization;
using Voltwright.Jq;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Drawing;

/// <summary>Parts of definitions in few words.</summary>
internal static class Phrases
{
    /// <summary>The text of a leaf; empty when there is none.</summary>
    public static string Text(SourceNode? node) => node?.Text ?? (node is null ? "" : node.ToJson().ToString());

    public static string Expression(SourceNode node) => node.Text is { } text ? ExpressionText.Strip(text) : node.ToJson().ToString();

    /// <summary>As it would be written: expressions bare, text in quotes only where it is no expression.</summary>
    public static string Value(SourceNode node) => node.Text is { } text ? ExpressionText.Strip(text) : Compact(node);

    /// <summary>Host and path, which say more than the scheme.</summary>
    public static string Address(SourceNode uri)
    {
        var text = Expression(uri);
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        return scheme is > 0 and < 8 && !ExpressionText.IsMarked(uri.Text ?? "") ? text[(scheme + 3)..] : text;
    }

    public static string LastPart(string address) => address[(address.TrimEnd('/').LastIndexOf('/') + 1)..];

    public static string Timeout(TimeoutDefinition timeout) => timeout.Use ?? (timeout.After is { } after ? Duration(after) : "");

    public static string Duration(DurationDefinition duration) => duration.Constant is { } constant ? Duration(constant) : Expression(duration.Source);

    public static string Duration(TimeSpan span)
    {
        (double Amount, string Unit)[] parts = [(span.Days, "d"), (span.Hours, "h"), (span.Minutes, "min"), (span.Seconds + (span.Milliseconds / 1000.0), "s")];
        if (span < TimeSpan.FromSeconds(1))
            return string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0.###} ms");
        return string.Join(' ', parts.Where(p => p.Amount > 0).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Amount:0.###} {p.Unit}")));
    }

    /// <summary>Which events are waited for, a line each.</summary>
    public static IEnumerable<Remark> Events(EventStrategyDefinition strategy)
    {
        var kind = strategy.Kind.ToString().ToLowerInvariant();
        if (strategy.Filters.Count == 0)
            yield return new Remark("any event", false);
        else if (strategy.Filters.Count > 1)
            yield return new Remark($"{kind} of", false);
        foreach (var filter in strategy.Filters)
            yield return new Remark(Event(filter), true);
        if (strategy.UntilExpression is { } until)
            yield return new Remark($"until {Expression(until)}", true);
        else if (strategy.UntilEvents is { } events)
            yield return new Remark($"until {string.Join(" or ", events.Filters.Select(Event))}", true);
    }

    /// <summary>Which errors a catch takes.</summary>
    public static IEnumerable<Remark> Caught(CatchDefinition caught)
    {
        var filter = caught.With?.Members ?? [];
        if (filter.Count > 0)
        {
            var words = filter.Select(m => m.Name switch
            {
                "type" => LastPart(Text(m.Value)),
                "status" => Text(m.Value),
                _ => $"{m.Name} {Text(m.Value)}",
            });
            yield return new Remark(string.Join(' ', words), false);
        }
        else
            yield return new Remark("every error", false);

        if (caught.When is { } when)
            yield return new Remark($"when {Expression(when)}", true);
        if (caught.ExceptWhen is { } except)
            yield return new Remark($"except when {Expression(except)}", true);
    }

    /// <summary>How often and when it is tried again.</summary>
    public static string Retry(RetryDefinition retry)
    {
        List<string> words = [];
        if (retry.Delay is { } delay)
            words.Add($"after {Duration(delay)}");
        if (retry.Backoff != BackoffKind.Constant)
            words.Add(retry.Backoff == BackoffKind.Linear ? "each time longer" : "each time twice as long");
        if (retry.AttemptCount is { } count)
            words.Add(count == 1 ? "once at most" : $"{count} times at most");
        if (retry.Duration is { } duration)
            words.Add($"for {Duration(duration)} at most");
        return string.Join(", ", words);
    }

    /// <summary>Data for a tooltip: whole when short.</summary>
    public static string Data(JsonValue value) => Cut(value.ToIndentedString(), 1500);

    /// <summary>Data for a line or two.</summary>
    public static string Glimpse(JsonValue value) => Cut(value.ToString(), 200);

    public static string Failure(JsonValue error)
    {
        var status = error["status"].IsNull ? "" : error["status"].ToString();
        var title = error["title"].TryGetString(out var text) ? text : LastPart(error["type"].TryGetString(out var type) ? type : "error");
        return $"{status} {title}".Trim();
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most] + "…";

    private static string Event(EventFilterDefinition filter)
    {
        var type = filter.With?["type"]?.Text;
        var rest = (filter.With?.Members ?? []).Where(m => m.Name is not ("type" or "source") || (m.Name == "source" && type is null))
            .Select(m => $"{m.Name} {Value(m.Value)}");
        return string.Join(", ", rest.Prepend(type).Where(t => t is not null));
    }

    private static string Compact(SourceNode node) => node.Members is { } members
        ? "{ " + string.Join(", ", members.Select(m => $"{m.Name}: {Value(m.Value)}")) + " }"
        : node.Items is { } items ? "[" + string.Join(", ", items.Select(Value)) + "]" : node.ToJson().ToString();
}
