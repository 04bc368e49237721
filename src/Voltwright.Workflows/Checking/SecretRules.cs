using Voltwright.Jq.Syntax;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Checking;

/// <summary>Secrets that are put where they are kept or seen, and payments that are made without care.</summary>
internal static class SecretRules
{
    private static readonly string[] Money =
        ["pay", "payment", "payments", "refund", "refunds", "payout", "payouts", "charges", "transfer", "transfers", "purchase", "checkout"];

    public static void Find(CheckRound round)
    {
        foreach (var point in round.Subject.Plan.Points)
        {
            foreach (var (node, place) in Exposed(point.Task))
                Leaks(node, place, round);
            if (point.Task is CallHttpTask call)
                Payment(point, call, round);
        }
    }

    private static IEnumerable<(SourceNode? Node, string Place)> Exposed(TaskDefinition task)
    {
        yield return (task.Properties.Output?.Transform, "the task's output");
        yield return (task.Properties.Export?.Transform, "$context");
        switch (task)
        {
            case SetTask set:
                yield return (set.Value, "the task's output");
                break;
            case EmitTask emit:
                yield return (emit.With, "an event that everybody can read");
                break;
            case RaiseTask { Error: { } error }:
                yield return (error.Source, "an error");
                break;
            case CallHttpTask call:
                yield return (call.Endpoint.Uri, "an address, which proxies and servers log");
                yield return (call.Query, "an address, which proxies and servers log");
                break;
        }
    }

    private static void Leaks(SourceNode? node, string place, CheckRound round)
    {
        foreach (var child in node?.Members?.Select(m => m.Value) ?? node?.Items ?? Enumerable.Empty<SourceNode>())
            Leaks(child, place, round);
        if (node?.Text is null || !round.Subject.IsJq || !node.Text.Contains("$secrets", StringComparison.Ordinal)
            || round.Subject.Expression(node) is not { } expression)
            return;
        if (expression.Nodes().OfType<VariableNode>().FirstOrDefault(v => v.Name == "secrets") is { } secret)
        {
            round.Sink.Add(expression, secret, Rules.LeakedSecret, $"A secret is put into {place}.",
                "give it to the call that needs it, in 'authentication' or a header");
        }
    }

    private static void Payment(FlowPoint point, CallHttpTask call, CheckRound round)
    {
        // Of a known API it is known that it takes a payment once and knows who calls.
        if (call.Endpoint.Uri.Text is not { } address || call.Method.Text?.ToLowerInvariant() is "get" or "head"
            || round.Subject.Knowledge.Api(address) is not null
            || !ExpressionText.Strip(address).Split('/', '?', '"', '\\').Any(s => Money.Contains(s.ToLowerInvariant())))
            return;
        var around = Around(point).ToArray();
        var missing = new List<string>();
        if (round.Definition.Timeout is null && around.All(p => p.Task.Properties.Timeout is null))
            missing.Add("timeout");
        if (!around.Any(p => p.Task is TryTask { Catch: { Retry: not null } or { RetryUse: not null } }))
            missing.Add("retries");
        var headers = call.Headers?.Members ?? [];
        if (call.Endpoint.Authentication is null && !headers.Any(h => h.Name.Equals("authorization", StringComparison.OrdinalIgnoreCase)))
            missing.Add("authentication");
        if (missing.Count > 0)
        {
            round.Sink.Add(call, Rules.UnguardedPayment, $"'{call.Name}' costs money and has no {string.Join(", no ", missing)}.",
                "put it into a 'try' with 'retry' and give it a 'timeout' and 'authentication'");
        }
    }

    private static IEnumerable<FlowPoint> Around(FlowPoint? point)
    {
        for (; point is not null; point = point.List.Owner)
            yield return point;
    }
}
