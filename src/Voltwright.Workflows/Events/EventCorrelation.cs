using Voltwright.Workflows.Expressions;

namespace Voltwright.Workflows.Events;

/// <summary>A link: a value taken from the envelope, and what it is expected to be; without expectation the first one counts.</summary>
internal sealed record EventCorrelation(string Name, CompiledExpression From, ValueTemplate? Expect);
