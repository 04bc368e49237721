namespace Voltwright.Workflows.Findings;

/// <summary>A rule: its id, what it is about in a few words, and how much its findings weigh.</summary>
public sealed record Rule(string Id, string Title, FindingSeverity Severity);

/// <summary>All rules, each with a page <c>docs/rules/{id}.md</c>.</summary>
public static class RuleCatalogue
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        // Found by reading and compiling: these keep a definition from running.
        new(Rules.Syntax, "The text is neither YAML nor JSON", FindingSeverity.Error),
        new(Rules.TooLarge, "The text is larger or deeper than can be read", FindingSeverity.Error),
        new(Rules.DuplicateKey, "A name stands twice in a mapping", FindingSeverity.Error),
        new(Rules.UnknownProperty, "A property that the DSL does not know", FindingSeverity.Error),
        new(Rules.MissingProperty, "A property that the DSL requires", FindingSeverity.Error),
        new(Rules.WrongType, "A value of the wrong kind", FindingSeverity.Error),
        new(Rules.InvalidValue, "A value that cannot be used", FindingSeverity.Error),
        new(Rules.UnsupportedVersion, "A version of the DSL that cannot be read", FindingSeverity.Error),
        new(Rules.Expression, "An expression that is no jq", FindingSeverity.Error),
        new(Rules.DuplicateTask, "Two tasks of one name in a list", FindingSeverity.Error),
        new(Rules.UnknownTarget, "A directive to a task that is not in its list", FindingSeverity.Error),
        new(Rules.UnknownReference, "A name that 'use' does not define", FindingSeverity.Error),
        new(Rules.UnresolvedResource, "A document that the definition needs and that cannot be had", FindingSeverity.Error),
        new(Rules.Schema, "A schema that cannot be used", FindingSeverity.Error),
        new(Rules.Unsupported, "Something that cannot be run here", FindingSeverity.Error),
        new(Rules.EventShape, "Which part of an event is read was decided by the engine", FindingSeverity.Info),
        new(Rules.LiteralExpression, "An expression that is literal text for want of ${ }", FindingSeverity.Warning),

        // Found by following the data.
        new(Rules.UnknownName, "A name that cannot exist at this point", FindingSeverity.Warning),
        new(Rules.MisspeltName, "A name that is nearly one that is known", FindingSeverity.Warning),
        new(Rules.UnwrappedValue, "More is taken away than is read later", FindingSeverity.Warning),
        new(Rules.LostValue, "A value that is lost at the next hop", FindingSeverity.Warning),
        new(Rules.NestedContext, "An export that nests its name twice", FindingSeverity.Warning),
        new(Rules.AddressVariable, "A variable in an address that is in no input", FindingSeverity.Warning),
        new(Rules.AlwaysFails, "An expression that always fails", FindingSeverity.Warning),
        new(Rules.MissingOnPath, "A value that is missing on one of the ways here", FindingSeverity.Warning),

        // Found by following the flow.
        new(Rules.ImpossibleCase, "A condition that can never be met", FindingSeverity.Warning),
        new(Rules.FallThrough, "A branch that falls through into another", FindingSeverity.Warning),
        new(Rules.UnreachableTask, "A task that nothing leads to", FindingSeverity.Warning),
        new(Rules.UnreachableDirective, "A directive that is never followed", FindingSeverity.Warning),

        // Found in catches and errors.
        new(Rules.SwallowedError, "A caught error of which nothing is left but null", FindingSeverity.Warning),
        new(Rules.CatchWithoutType, "A catch by status alone", FindingSeverity.Warning),
        new(Rules.CatchSubject, "A catch whose subject is ambiguous", FindingSeverity.Warning),
        new(Rules.UnknownErrorType, "An error type that nothing raises", FindingSeverity.Warning),
        new(Rules.ErrorStatus, "An error whose status contradicts its type", FindingSeverity.Warning),

        // Found by comparing with what is known of the world around.
        new(Rules.UnknownEvent, "An event type that nobody uses", FindingSeverity.Warning),
        new(Rules.EventData, "An event without the data that its type promises", FindingSeverity.Warning),
        new(Rules.UnknownOperation, "An operation that the API does not have", FindingSeverity.Warning),
        new(Rules.RequestBody, "A request that the API refuses", FindingSeverity.Warning),
        new(Rules.ReadThenChange, "A decision that another run may overtake", FindingSeverity.Warning),
        new(Rules.UnguardedPayment, "A payment without a timeout, retries or credentials", FindingSeverity.Warning),
        new(Rules.LeakedSecret, "A secret that leaves its hiding place", FindingSeverity.Warning),
    ];

    private static readonly Dictionary<string, Rule> ById = All.ToDictionary(r => r.Id);

    /// <summary>The rule of that id; null when there is none.</summary>
    public static Rule? Find(string id) => ById.GetValueOrDefault(id);
}
