using Voltwright.Jq;
using Voltwright.Jq.Syntax;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Reading;
using Voltwright.Workflows.Shapes;

namespace Voltwright.Workflows.Checking;

// Expressions, templates, addresses and schemas.
internal sealed partial class FlowAnalysis
{
    private const int MostExtractions = 16;

    /// <summary>When an expression is evaluated, and what its arguments are then.</summary>
    /// <param name="State">Its input is <c>$input</c>.</param>
    private sealed record Moment(FlowPoint? Point, FlowState State)
    {
        public Shape? Raw { get; init; }

        public Shape? RawOutput { get; init; }

        public Shape? Output { get; init; }

        /// <summary>The task that the flow comes from, where it comes from several.</summary>
        public FlowPoint? After { get; init; }
    }

    /// <summary>What <c>from</c> and <c>as</c> make of a value.</summary>
    private Shape Transformed(SourceNode node, Shape value, Moment moment) =>
        node.Text is null ? Value(node, value, moment) : Evaluate(node, value, moment);

    private void Values(Shape input, Moment moment, params ReadOnlySpan<SourceNode?> nodes)
    {
        foreach (var node in nodes)
        {
            if (node is not null)
                Value(node, input, moment);
        }
    }

    /// <summary>A value position: strings in <c>${ }</c> are expressions.</summary>
    private Shape Value(SourceNode node, Shape input, Moment moment, string? name = null)
    {
        if (node.Members is { } members)
            return Shape.Members(members.Take(ObjectShape.MostMembers).Select(m => (m.Name, Value(m.Value, input, moment, m.Name))));
        if (node.Items is { } items)
            return Shape.Of(ArrayShape.Of([.. items.Take(1000).Select(i => Value(i, input, moment))]));
        if (node.Text is not { } text)
            return Shape.Of(node.Scalar);
        if (ExpressionText.IsMarked(text))
            return Evaluate(node, input, moment, name);
        if (!subject.Definition.Evaluate.Loose || !CheckSubject.IsProgram(node))
            return Shape.OfTexts(text);
        return Evaluate(node, input, moment, name).Or(Shape.OfTexts(text));
    }

    /// <param name="name">What the value is stored as.</param>
    private Shape Evaluate(SourceNode node, Shape input, Moment moment, string? name = null)
    {
        if (!subject.IsJq || subject.Expression(node) is not { } expression)
            return Shape.Any;
        if (repairs.Unnested.Count > 0)
            expression = subject.Unnested(expression, repairs.Unnested);
        var scope = Names(expression, moment);
        if (expression.Body is IndexNode { Key: LiteralNode { Value: { IsString: true } step }, Optional: false } access)
            return Extracted(expression, access, step.AsString(), input, moment, name);
        if (_records)
            Nested(expression, input);
        return Outcome(expression, input, scope, moment, out _).First;
    }

    private Outcome Outcome(ParsedExpression expression, Shape input, Scope? scope, Moment moment, out bool missing)
    {
        var readings = new ExpressionReadings(expression, moment.Point, repairs, _records ? observations : null);
        var evaluator = new ShapeEvaluator(readings);
        var outcome = expression.Evaluate(evaluator, input, scope);
        missing = readings.HasMissing;
        if (evaluator.IsExhausted)
            return Shapes.Outcome.Unknown;
        var fails = outcome.Values.IsNever && !outcome.CanBeEmpty;
        if (_records)
        {
            readings.Keep(moment.After);
            var could = observations.Outcomes.TryGetValue(expression.Source, out var known) && known.CanSucceed;
            observations.Outcomes[expression.Source] = (expression, could || !fails || missing);
        }

        return fails ? Shapes.Outcome.Unknown : outcome;
    }

    // The last step of a path is what may take too much away.
    private Shape Extracted(ParsedExpression expression, IndexNode access, string step, Shape input, Moment moment, string? name)
    {
        var whole = Outcome(expression with { Body = access.Target }, input, Names(expression, moment), moment with { After = null }, out _).First;
        if (repairs.Whole.Contains(expression.Source))
            return whole;
        var part = Outcome(expression, input, Names(expression, moment), moment, out _).First;
        if (_records && whole.Object is not null)
        {
            if (!observations.Extractions.TryGetValue(part, out var same))
                observations.Extractions[part] = same = [];
            if (same.Count < MostExtractions)
                same.Add(new Extraction(expression, step, whole, part, name));
        }

        return part;
    }

    private void Nested(ParsedExpression expression, Shape input)
    {
        if (input.Object is not { IsClosed: true, Members.Count: 1 } members || !input.OfKind("object").Equals(input))
            return;
        var only = members.Members.First().Key;
        foreach (var (key, value) in expression.Nodes().OfType<ObjectNode>().SelectMany(o => o.Members))
        {
            if (value is IdentityNode && key is LiteralNode { Value: { IsString: true } named } && named.AsString() == only)
                observations.Nested[value] = (expression, only);
        }
    }

    /// <summary>The states in which a condition is met, and in which it is not; null where that cannot be.</summary>
    private (FlowState? Met, FlowState? Unmet) Split(SourceNode node, Shape input, Moment moment)
    {
        var state = moment.State;
        if (!subject.IsJq || subject.Expression(node) is not { } expression)
            return (state, state);
        var scope = Names(expression, moment);
        var outcome = Outcome(expression, input, scope, moment, out var missing);
        var (canBeMet, canBeUnmet) = (outcome.First.CanBeTruthy, outcome.First.CanBeFalsy);
        if (_records)
        {
            if (!observations.Conditions.TryGetValue(node, out var reading))
                observations.Conditions[node] = reading = new ConditionReading(expression, moment.Point);
            reading.CanBeTrue |= canBeMet;
            reading.CanBeFalse |= canBeUnmet;
            reading.HasMissing |= missing;
        }

        if (!canBeMet && repairs.Possible.Contains(node))
            return (state, state);
        return (canBeMet ? Narrowed(expression, true, input, scope, state) : null, canBeUnmet ? Narrowed(expression, false, input, scope, state) : null);
    }

    private static FlowState Narrowed(ParsedExpression expression, bool met, Shape input, Scope? scope, FlowState state)
    {
        if (expression.Functions.Count > 0)
            return state;
        var (narrowed, names) = new ShapeEvaluator().Narrow(expression.Body, met, input, scope);
        if (narrowed.IsNever)
            return state;
        return state with
        {
            Input = ReferenceEquals(input, state.Input) ? narrowed : state.Input,
            Context = Scope.Variable(names, "context") ?? state.Context,
            Start = Scope.Variable(names, "workflow")?.Object?["input"] ?? state.Start,
            Variables = state.Variables.SetItems(state.Variables.Select(v => KeyValuePair.Create(v.Key, Scope.Variable(names, v.Key) ?? v.Value))),
        };
    }

    // Only what the expression names: most name little.
    private Scope? Names(ParsedExpression expression, Moment moment)
    {
        var state = moment.State;
        Scope? scope = null;
        void Add(string name, Func<Shape> shape) => scope = expression.Mentions(name) ? new VariableScope(scope, name, shape()) : scope;

        Add("context", () => state.Context);
        Add("input", () => state.Input);
        Add("output", () => moment.Output ?? Shape.Null);
        Add("secrets", () => subject.Secrets);
        Add("workflow", () => Shape.Members(("id", Shape.Text), ("definition", Shape.Any), ("input", state.Start), ("startedAt", Shape.AnyObject)));
        Add("runtime", () => Shape.Members(("name", Shape.Text), ("version", Shape.Text), ("metadata", Shape.AnyObject)));
        Add("task", () => Shape.Members(
            ("name", Shape.Text), ("reference", Shape.Text), ("definition", Shape.Any),
            ("input", moment.Raw ?? state.Input), ("output", moment.RawOutput ?? Shape.Null), ("startedAt", Shape.AnyObject)));
        foreach (var (name, shape) in state.Variables)
            Add(name, () => shape);
        return scope;
    }

    /// <summary>The names of an address are looked up at the top level of the task's input.</summary>
    private void Address(SourceNode? address, FlowState state, FlowPoint point)
    {
        if (address?.Text is not { } text)
            return;
        if (ExpressionText.IsMarked(text))
        {
            Evaluate(address, state.Input, new Moment(point, state));
            return;
        }

        foreach (var name in _records ? UriTemplate.Parse(text).Names : [])
        {
            if (!observations.Variables.TryGetValue((address, name), out var reading))
                observations.Variables[(address, name)] = reading = new VariableReading(address, name, point);
            var found = state.Input.Object is { } members ? members[name] : Shape.Null;
            reading.Seen++;
            reading.Missing += found.CanBeTrue || found.CanBeFalse || !found.Numbers.IsEmpty || !found.Texts.IsEmpty ? 0 : 1;
            reading.Input = reading.Input.Or(state.Input);
        }
    }

    private Shape Refined(Shape shape, SchemaDefinition? schema)
    {
        if (schema?.Document is not { } document || schema.Format.Split(':')[0] != "json")
            return shape;
        var refined = shape.And(subject.Schema(document));
        return refined.IsNever ? shape : refined;
    }
}
