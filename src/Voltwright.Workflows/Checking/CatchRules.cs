using Voltwright.Jq.Syntax;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Reading;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Checking;

/// <summary>Catches that take more, or less, than they mean; errors that contradict themselves.</summary>
internal static class CatchRules
{
    private const int Slip = 3;

    private static readonly ErrorKind[] Fixed =
    [
        ErrorKind.Validation, ErrorKind.Configuration, ErrorKind.Expression, ErrorKind.Authentication, ErrorKind.Authorization, ErrorKind.Timeout,
        ErrorKind.Runtime,
    ];

    public static void Find(CheckRound round)
    {
        foreach (var point in round.Subject.Plan.Points)
        {
            if (point.Task is TryTask attempt)
                Find(point, attempt.Catch, round);
            if (point.Task is RaiseTask { Error: { } error })
                Error(error, round);
        }

        foreach (var error in round.Definition.Use.Errors.Values)
            Error(error, round);
    }

    private static void Find(FlowPoint point, CatchDefinition clause, CheckRound round)
    {
        var at = point.Task.Source.Find("catch")!;
        if (clause.With is { } with)
        {
            if (with.Find("status") is { } status && with["type"] is null && clause.When is null && clause.ExceptWhen is null)
            {
                round.Sink.Add(status, Rules.CatchWithoutType,
                    $"Every error with status {status.Value.ToJson()} is caught, whatever its type: also one that comes from a wrong address, "
                    + "or a mistake in the workflow.",
                    $"name the type too, such as type: {round.Subject.ErrorTypes.Uri(ErrorKind.Communication)}, and what is expected, with 'when'");
            }

            if (with["type"] is { } type)
                Type(type, "nothing is caught", round);
        }

        if (round.Observations.Swallowed.TryGetValue(point, out var next) && ReadsOutput(point, next))
        {
            round.Sink.Add(at, Rules.SwallowedError,
                $"After a caught error the output of '{point.Task.Name}' is null, and {Reader(point, next)} reads it as if the tasks had run.",
                "say with 'catch.do' what the output is then");
        }

        foreach (var condition in new[] { clause.When, clause.ExceptWhen })
        {
            if (condition is not null && Subject(condition, clause, round) is { } access)
            {
                var text = round.Subject.Expression(condition)!;
                round.Sink.Add(text, access, Rules.CatchSubject,
                    "'.' in a catch is the error here, and the task's input to other runtimes.", $"write ${clause.As}{Path(text, access)}");
            }
        }
    }

    private static bool ReadsOutput(FlowPoint point, FlowPoint? next) =>
        Transforms(point.Task).Any(InputReading.Reads) || (next is not null && InputReading.Reads(next.Task));

    private static IEnumerable<SourceNode?> Transforms(TaskDefinition task) => [task.Properties.Output?.Transform, task.Properties.Export?.Transform];

    private static string Reader(FlowPoint point, FlowPoint? next) =>
        Transforms(point.Task).Any(InputReading.Reads) ? "its own 'output' or 'export'" : $"'{next!.Task.Name}'";

    private static IndexNode? Subject(SourceNode condition, CatchDefinition clause, CheckRound round)
    {
        if (!round.Subject.IsJq || round.Subject.Expression(condition) is not { } expression)
            return null;
        // With the variable beside it, it is clear what '.' is: what comes through a pipe.
        return expression.Nodes().Any(n => n is PipeNode || (n is VariableNode variable && variable.Name == clause.As)) ? null
            : expression.Nodes().OfType<IndexNode>().FirstOrDefault(n => n.Target is IdentityNode);
    }

    private static string Path(ParsedExpression expression, IndexNode access)
    {
        var rest = expression.Text[access.Position..];
        return rest[..(rest.TakeWhile((c, i) => i == 0 || char.IsLetterOrDigit(c) || c is '_' or '.').Count())];
    }

    // A type of the author's own is far from all standard ones; what is near to one of them is meant to be it.
    private static void Type(SourceNode node, string consequence, CheckRound round)
    {
        var standard = round.Subject.ErrorTypes;
        var known = Enum.GetValues<ErrorKind>().Select(standard.Uri).ToArray();
        if (node.Text is not { } type || ExpressionText.IsMarked(type) || known.Any(k => ErrorTypes.Same(k, type)))
            return;
        var nearest = known.MinBy(k => Spelling.Distance(k, type))!;
        if (Spelling.Distance(nearest, type) <= Slip)
            round.Sink.Add(node, Rules.UnknownErrorType, $"'{type}' is no standard error type: {consequence}.", $"did you mean '{nearest}'?");
    }

    private static void Error(ErrorDefinition error, CheckRound round)
    {
        if (error.Type is { } written)
            Type(written, "catches of the standard one miss it", round);
        if (error.Type?.Text is not { } type || error.Status is not { Scalar.IsNumber: true } status)
            return;
        var standard = round.Subject.ErrorTypes;
        foreach (var kind in Fixed.Where(k => ErrorTypes.Same(standard.Uri(k), type)))
        {
            var expected = ErrorTypes.Status(kind);
            if (status.Scalar.TryGetInt64(out var given) && given != expected)
            {
                var other = Fixed.Where(k => ErrorTypes.Status(k) == given).Select(k => k.ToString().ToLowerInvariant()).ToArray();
                round.Sink.Add(error.Source.Find("status")!, Rules.ErrorStatus,
                    $"Errors of the type '{kind.ToString().ToLowerInvariant()}' have status {expected}, not {given}: catches by one of the two miss the other.",
                    other.Length > 0 ? $"write status {expected}, or the type {other[0]}" : $"write status {expected}");
            }
        }
    }
}
