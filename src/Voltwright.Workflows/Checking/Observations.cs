using Voltwright.Jq.Syntax;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Reading;
using Voltwright.Workflows.Shapes;

namespace Voltwright.Workflows.Checking;

/// <summary>A member read by its name: how often it was looked at, and how often it could not be there.</summary>
internal sealed class MemberReading(ParsedExpression expression, Node at, string name, FlowPoint? point)
{
    public ParsedExpression Expression => expression;

    public Node At => at;

    public string Name => name;

    public FlowPoint? Point => point;

    public int Seen { get; set; }

    public int Missing { get; set; }

    /// <summary>How often it might be there, as anything might.</summary>
    public int Unknown { get; set; }

    /// <summary>What it is read of: different ones, some at most.</summary>
    public List<Shape> Targets { get; } = [];

    /// <summary>The task after which it could not be there, though after others it can.</summary>
    public FlowPoint? MissingAfter { get; set; }
}

/// <summary>A name in an address, or another name looked up in a task's input.</summary>
internal sealed class VariableReading(SourceNode address, string name, FlowPoint point)
{
    public SourceNode Address => address;

    public string Name => name;

    public FlowPoint Point => point;

    public int Seen { get; set; }

    public int Missing { get; set; }

    public Shape Input { get; set; } = Shape.Never;
}

/// <summary>A condition, and whether it was ever found to be possible.</summary>
internal sealed class ConditionReading(ParsedExpression expression, FlowPoint? point)
{
    public ParsedExpression Expression => expression;

    public FlowPoint? Point => point;

    public bool CanBeTrue { get; set; }

    public bool CanBeFalse { get; set; }

    /// <summary>Whether a name in it could not be there: then that is what is wrong.</summary>
    public bool HasMissing { get; set; }
}

/// <summary>Something taken out of what is around it: <c>.event</c> of <c>{ event: … }</c>.</summary>
internal sealed record Extraction(ParsedExpression Expression, string Step, Shape Whole, Shape Part, string? StoredAs);

/// <summary>What the analyses of one round have seen, over all ways in which runs begin.</summary>
internal sealed class Observations
{
    public Dictionary<Node, MemberReading> Members { get; } = new(ReferenceEqualityComparer.Instance);

    public Dictionary<(SourceNode Address, string Name), VariableReading> Variables { get; } = [];

    public Dictionary<SourceNode, ConditionReading> Conditions { get; } = [];

    /// <summary>Comparisons with a text, and what the other side can be.</summary>
    public Dictionary<BinaryNode, (ParsedExpression Expression, Shape Left, Shape Right)> Comparisons { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>By what was taken out; a few of each are enough.</summary>
    public Dictionary<Shape, List<Extraction>> Extractions { get; } = [];

    /// <summary>Expressions that were evaluated: whether there was ever a way for them not to fail.</summary>
    public Dictionary<SourceNode, (ParsedExpression Expression, bool CanSucceed)> Outcomes { get; } = [];

    public Dictionary<FlowPoint, FlowState> Entries { get; } = [];

    /// <summary>Raw outputs.</summary>
    public Dictionary<FlowPoint, Shape> Outputs { get; } = [];

    /// <summary>Bodies of calls, data of emitted events, arguments.</summary>
    public Dictionary<SourceNode, Shape> Sent { get; } = [];

    /// <summary>Points after which the flow goes on without a directive that says so.</summary>
    public HashSet<FlowPoint> FallsThrough { get; } = [];

    /// <summary>Exports of <c>{ name: . }</c> where <c>.</c> is <c>{ name: … }</c> already.</summary>
    public Dictionary<Node, (ParsedExpression Expression, string Name)> Nested { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Tries whose errors can be swallowed, with the task that goes on.</summary>
    public Dictionary<FlowPoint, FlowPoint?> Swallowed { get; } = [];
}

/// <summary>
/// What the checker takes as meant after it has said what is wrong, so that one mistake does not hide the next, nor shows up as ten.
/// </summary>
internal sealed class Repairs
{
    /// <summary>Members that are taken to be there.</summary>
    public HashSet<Node> Present { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Conditions that are taken to be possible.</summary>
    public HashSet<SourceNode> Possible { get; } = [];

    /// <summary>Expressions that take too much away: their last step is left out.</summary>
    public HashSet<SourceNode> Whole { get; } = [];

    /// <summary>Tasks after which the flow is taken to stop.</summary>
    public HashSet<FlowPoint> Stops { get; } = [];

    /// <summary>Members <c>name: .</c> that are taken as <c>name: .name</c>.</summary>
    public HashSet<Node> Unnested { get; } = new(ReferenceEqualityComparer.Instance);

    public int Count => Present.Count + Possible.Count + Whole.Count + Stops.Count + Unnested.Count;
}
