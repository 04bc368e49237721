using Voltwright.Jq;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Shapes;

namespace Voltwright.Workflows.Checking;

// Errors, and where they are caught.
internal sealed partial class FlowAnalysis
{
    private static readonly ObjectShape Problem = ObjectShape.Of(
            ("type", Shape.Any), ("status", Shape.Any), ("instance", Shape.Text))
        .With("title", Shape.Any, required: false).With("detail", Shape.Any, required: false);

    private void Attempt(FlowPoint point, TryTask attempt, FlowState state)
    {
        Enter(point.Inner(ListRole.Body), state);
        if (point.Faulted is { } faulted)
            Caught(point, attempt, faulted.Context);
        if (_records)
            Predicates(point, attempt.Catch, state);
    }

    /// <summary>An error comes out of a task: every try around it may catch it.</summary>
    private void Fault(FlowPoint point, FlowState state)
    {
        for (var list = point.List; list.Owner is { } owner; list = owner.List)
        {
            if (list.Role != ListRole.Body || owner.Task is not TryTask attempt || owner.Inside is null)
                continue;
            var faulted = owner.Faulted is null ? state : owner.Faulted with { Context = owner.Faulted.Context.Or(state.Context) };
            if (owner.Faulted is not null && faulted.Context.Equals(owner.Faulted.Context))
                continue;
            owner.Faulted = owner.Visits > MostVisits ? faulted with { Context = Shape.Any } : faulted;
            owner.Visits++;
            Caught(owner, attempt, owner.Faulted.Context);
        }
    }

    private void Caught(FlowPoint point, TryTask attempt, Shape context)
    {
        var clause = attempt.Catch;
        var state = point.Inside! with { Context = context };
        var retries = clause.Retry is not null || clause.RetryUse is not null;
        if (retries)
            Enter(point.Inner(ListRole.Body), state);
        if (clause.Do is not null)
        {
            Enter(point.Inner(ListRole.Catch), state.With(clause.As, Error(clause)));
        }
        else if (!retries)
        {
            if (_records)
                observations.Swallowed[point] = clause.Then is null ? point.Next : point.List.Target(clause.Then.Text!);
            Complete(point, Shape.Null, context, clause.Then);
        }
    }

    private void Predicates(FlowPoint point, CatchDefinition clause, FlowState state)
    {
        var error = Error(clause);
        var moment = new Moment(point, state.With(clause.As, error));
        var retry = clause.RetryUse?.Text is { } name ? subject.Definition.Use.Retries.GetValueOrDefault(name) : clause.Retry;
        foreach (var condition in new[] { clause.When, clause.ExceptWhen, retry?.When, retry?.ExceptWhen })
        {
            if (condition is not null)
                Split(condition, error, moment);
        }
    }

    private static Shape Error(CatchDefinition clause)
    {
        var error = Problem;
        if (clause.With?["status"] is { Scalar.IsNumber: true } status)
            error = error.With("status", Shape.Of(status.Scalar));
        foreach (var name in new[] { "title", "detail" })
        {
            if (clause.With?[name]?.Text is { } text)
                error = error.With(name, Shape.OfTexts(text));
        }

        return Shape.Of(error);
    }
}
