using System.Text.RegularExpressions;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Checking;

/// <summary>Expressions in value positions that are text for want of <c>${ }</c>.</summary>
internal static partial class LiteralRules
{
    private static readonly string[] Text = ["code", "command", "image", "title", "uri", "endpoint"];

    public static void Find(CheckRound round)
    {
        if (round.Definition.Evaluate.Loose || !round.Subject.IsJq)
            return;
        foreach (var task in round.Subject.Plan.Points.Select(p => p.Task))
        {
            foreach (var value in Values(task))
                Find(value, round);
        }
    }

    private static IEnumerable<SourceNode?> Values(TaskDefinition task) => task switch
    {
        SetTask set => [set.Value],
        EmitTask emit => [emit.With["data"]],
        CallHttpTask call => [call.Headers, call.Query, call.Body],
        CallFunctionTask call => [call.With],
        CallProtocolTask call => [call.With["arguments"], call.With["parameters"], call.With["payload"], call.With["message"]],
        RunTask run => [run.Process["input"], run.Process["arguments"], run.Process["environment"], run.Process["stdin"]],
        RaiseTask raise => [raise.Error?.Detail, raise.Error?.Status],
        _ => [],
    };

    private static void Find(SourceNode? node, CheckRound round)
    {
        foreach (var member in node?.Members ?? [])
        {
            if (!Text.Contains(member.Name))
                Find(member.Value, round);
        }

        foreach (var item in node?.Items ?? [])
            Find(item, round);
        if (node?.Text is { } text && Beginning().IsMatch(text) && ParsedExpression.Of(node) is not null)
        {
            round.Sink.Add(node, Rules.LiteralExpression, $"'{text}' is this very text, not what stands there: a value is an expression only within ${{ }}.",
                $"write ${{ {text} }}");
        }
    }

    [GeneratedRegex(@"^\s*(\.[A-Za-z_]|\$(context|input|output|workflow|task|runtime|secrets|error|item|index)\b)")]
    private static partial Regex Beginning();
}
