using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Reading;
using Voltwright.Workflows.Shapes;

namespace Voltwright.Workflows.Checking;

// What each kind of task does with its input.
internal sealed partial class FlowAnalysis
{
    private void Do(FlowPoint point, FlowState state)
    {
        var moment = new Moment(point, state);
        switch (point.Task)
        {
            case SetTask set:
                Complete(point, Value(set.Value, state.Input, moment), state.Context);
                break;
            case SwitchTask choice:
                Choose(point, choice, state);
                break;
            case DoTask:
                Enter(point.Inner(ListRole.Body), state);
                break;
            case TryTask attempt:
                Attempt(point, attempt, state);
                break;
            case ForTask loop:
                Iterate(point, loop, state);
                break;
            case ForkTask:
                foreach (var branch in point.Lists)
                    Enter(branch, state);
                break;
            case RaiseTask raise:
                Values(state.Input, moment, raise.Error?.Type, raise.Error?.Status, raise.Error?.Title, raise.Error?.Detail);
                Fault(point, state);
                break;
            case WaitTask wait:
                if (wait.Duration.Constant is null)
                    Evaluate(wait.Duration.Source, state.Input, moment);
                Complete(point, state.Input, state.Context);
                break;
            case CallFunctionTask call:
                Apply(point, call, state);
                break;
            case ListenTask listen:
                Fault(point, state);
                Listen(point, listen, state);
                break;
            default:
                Fault(point, state);
                Ask(point, state, moment);
                break;
        }
    }

    // Tasks that ask something of the world around, and may get anything back.
    private void Ask(FlowPoint point, FlowState state, Moment moment)
    {
        switch (point.Task)
        {
            case CallHttpTask call:
                Complete(point, Call(point, call, state, moment), state.Context);
                break;
            case EmitTask emit:
                Address(emit.With["source"], state, point);
                var given = Value(emit.With, state.Input, moment);
                Sends(emit.With, given);
                Complete(point, Knowledge.Emitted(given), state.Context);
                break;
            case CallProtocolTask { With: var with } call:
                Value(with, state.Input, moment);
                if (call.ForEach is { } each && with["subscription"] is not null)
                    Consume(point, each, Shape.ArrayOf(Shape.Any), state);
                else
                    Complete(point, Shape.Any, state.Context);
                break;
            case RunTask run:
                Value(run.Process, state.Input, moment);
                Complete(point, run.Await ? Shape.Any : state.Input, state.Context);
                break;
        }
    }

    private Shape Call(FlowPoint point, CallHttpTask call, FlowState state, Moment moment)
    {
        Address(call.Endpoint.Uri, state, point);
        Values(state.Input, moment, call.Headers, call.Query, call.Endpoint.Authentication?.Properties);
        if (call.Body is { } body)
            Sends(body, Value(body, state.Input, moment));
        var answer = subject.Knowledge.Operation(call)?.Answer ?? Shape.Any;
        return call.Output switch
        {
            "raw" => Shape.Text,
            "response" => Shape.Members(
                ("request", Shape.Members(("method", Shape.Text), ("uri", Shape.Text), ("headers", Shape.AnyObject))),
                ("statusCode", Shape.Number), ("headers", Shape.AnyObject), ("content", answer)),
            _ => answer,
        };
    }

    private void Sends(SourceNode node, Shape value)
    {
        if (_records)
            observations.Sent[node] = observations.Sent.GetValueOrDefault(node, Shape.Never).Or(value);
    }

    private void Choose(FlowPoint point, SwitchTask choice, FlowState state)
    {
        SwitchCase? otherwise = null;
        foreach (var @case in choice.Cases)
        {
            if (@case.When is null)
            {
                otherwise = @case;
                continue;
            }

            var (met, unmet) = Split(@case.When, state.Input, new Moment(point, state));
            if (met is not null)
                Complete(point, met.Input, met.Context, @case.Then);
            if (unmet is null)
                return;
            state = unmet;
        }

        Complete(point, state.Input, state.Context, otherwise?.Then);
    }

    private void Iterate(FlowPoint point, ForTask loop, FlowState state)
    {
        Complete(point, state.Input, state.Context);
        Enter(point.Inner(ListRole.Iteration), Loop(point, state));
    }

    private FlowState Loop(FlowPoint point, FlowState state)
    {
        var loop = (ForTask)point.Task;
        var items = loop.In.Text is null
            ? Value(loop.In, state.Input, new Moment(point, state))
            : Evaluate(loop.In, state.Input, new Moment(point, state));
        var inside = state.With(loop.Each, items.Array?.Element ?? Shape.Any).With(loop.At, Shape.Number);
        if (loop.While is { } condition)
            Split(condition, state.Input, new Moment(point, inside));
        return inside;
    }

    private void Joined(FlowPoint point, int branch, FlowState state)
    {
        var fork = (ForkTask)point.Task;
        if (fork.Compete)
        {
            Complete(point, state.Input, state.Context);
            return;
        }

        var known = point.Results.GetValueOrDefault(branch);
        var joined = known is null ? state : known.Or(state);
        point.Results[branch] = joined;
        // All have to have come to their end; then only what is new matters, and once more when all is written down.
        if (point.Results.Count < point.Lists.Count || (_records ? branch != point.Lists.Count - 1 : known is not null && joined.SameAs(known)))
            return;
        var results = point.Results.OrderBy(r => r.Key).Select(r => r.Value).ToArray();
        Complete(point, Shape.Of(ArrayShape.Of([.. results.Select(r => r.Input)])), Merged([.. results.Select(r => r.Context)]));
    }

    // What one branch has set for certain is there at the join, unless another may have taken it away.
    private static Shape Merged(Shape[] contexts)
    {
        var joined = Shape.Join(contexts);
        if (joined.Object is not { } members || !joined.OfKind("object").Equals(joined))
            return joined;
        foreach (var name in members.Members.Keys)
        {
            var having = contexts.Where(c => c.Object!.Must(name)).ToArray();
            if (having.Length > 0 && contexts.All(c => c.Object!.Must(name) || !c.Object.Can(name)))
                members = members.With(name, Shape.Join(having.Select(c => c.Object![name])));
        }

        return Shape.Of(members);
    }

    private void Apply(FlowPoint point, CallFunctionTask call, FlowState state)
    {
        var arguments = call.With is null ? state.Input : Value(call.With, state.Input, new Moment(point, state));
        if (point.Inner(ListRole.Function) is { } function)
        {
            Enter(function, state with { Input = arguments, Variables = FlowState.Unknown.Variables });
            return;
        }

        Fault(point, state);
        Complete(point, Shape.Any, Shape.Any);
    }

    private void Listen(FlowPoint point, ListenTask listen, FlowState state)
    {
        var to = listen.To;
        foreach (var filter in to.Filters)
            Values(state.Input, new Moment(point, state), [.. filter.Correlations.Select(c => c.Expect)]);
        var events = to.Filters.Count == 0
            ? subject.Knowledge.Event(null, listen.Read)
            : Shape.Join(to.Filters.Select(f => subject.Knowledge.Event(f, listen.Read)));
        var bounded = to is { UntilExpression: null, UntilEvents: null };
        var count = to.Kind == EventStrategyKind.All ? to.Filters.Count : 1;
        var array = bounded && count <= ArrayShape.MostFirst
            ? Shape.Of(ArrayShape.Of([.. Enumerable.Repeat(events, count)])) : Shape.ArrayOf(events);
        if (to.UntilExpression is { } until)
            Split(until, Shape.ArrayOf(events), new Moment(point, state));
        if (listen.ForEach is { } each)
            Consume(point, each, array, state);
        else
            Complete(point, array, state.Context);
    }

    private void Consume(FlowPoint point, IteratorDefinition each, Shape events, FlowState state)
    {
        var element = events.Array!.Element;
        var inside = (state with { Input = element }).With(each.Item, element).With(each.At, Shape.Number);
        if (point.Inner(ListRole.Iteration) is { } tasks)
            Enter(tasks, inside);
        else
            Iterated(point, null, inside);
    }

    private void Iterated(FlowPoint point, FlowList? list, FlowState state)
    {
        var each = point.Task is ListenTask listen ? listen.ForEach! : ((CallProtocolTask)point.Task).ForEach!;
        var moment = new Moment(point, state);
        var output = each.Output?.Transform is { } outputAs ? Transformed(outputAs, state.Input, moment) : state.Input;
        var context = each.Export?.Transform is { } exportAs ? Transformed(exportAs, output, moment with { Output = output }) : state.Context;
        var result = state with { Input = output, Context = context };
        point.Results[0] = point.Results.TryGetValue(0, out var known) ? known.Or(result) : result;
        Complete(point, Shape.ArrayOf(point.Results[0].Input), point.Results[0].Context);
        if (list is not null)
            Enter(list, list.Points.Count > 0 && list.Points[0].Entry is { } entry ? entry with { Context = point.Results[0].Context } : result);
    }
}
