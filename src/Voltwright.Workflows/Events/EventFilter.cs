using System.Text.RegularExpressions;
using Voltwright.Jq;
using Voltwright.Workflows.Expressions;

namespace Voltwright.Workflows.Events;

/// <summary>A compiled event filter: which CloudEvents match, and what links them.</summary>
public sealed class EventFilter
{
    private readonly KeyValuePair<string, AttributeMatch>[] _attributes;

    internal EventFilter(KeyValuePair<string, AttributeMatch>[] attributes, EventCorrelation[] correlations)
    {
        _attributes = attributes;
        Correlations = correlations;
    }

    /// <summary>The type the event must have, when it is a plain string: what a host can index by. Null when it is not given so.</summary>
    public string? Type =>
        _attributes.FirstOrDefault(a => a.Key == "type").Value is PlainMatch plain && plain.Value.TryGetString(out var text) ? text : null;

    internal EventCorrelation[] Correlations { get; }

    /// <summary>Every given attribute must match.</summary>
    public bool Matches(JsonValue envelope) => Matches(envelope, NoArguments.Instance);

    internal bool Matches(JsonValue envelope, IArguments arguments)
    {
        foreach (var (name, match) in _attributes)
        {
            if (!match.Matches(envelope[name], arguments))
                return false;
        }

        return true;
    }
}

/// <summary>How one attribute is compared.</summary>
internal abstract class AttributeMatch
{
    public abstract bool Matches(JsonValue value, IArguments arguments);
}

/// <summary>Equal; of an object, the given members.</summary>
internal sealed class PlainMatch(JsonValue wanted) : AttributeMatch
{
    public JsonValue Value => wanted;

    public override bool Matches(JsonValue value, IArguments arguments) => Covers(wanted, value);

    public static bool Covers(JsonValue wanted, JsonValue value)
    {
        if (!wanted.TryGetObject(out var members))
            return wanted.Equals(value);
        return value.IsObject && members.All(m => Covers(m.Value, value[m.Key]));
    }
}

/// <summary>A regular expression, anchored at both ends.</summary>
internal sealed class PatternMatch(Regex pattern) : AttributeMatch
{
    public override bool Matches(JsonValue value, IArguments arguments)
    {
        try
        {
            return value.TryGetString(out var text) && pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}

/// <summary>An expression on the attribute: true matches, and so does a value that the attribute equals. An error does not.</summary>
internal sealed class ExpressionMatch(ValueTemplate template) : AttributeMatch
{
    public override bool Matches(JsonValue value, IArguments arguments)
    {
        var result = template.Evaluate(arguments, value);
        return !result.Failed && (result.Value.Kind == JsonKind.True || (result.Value.IsTruthy && PlainMatch.Covers(result.Value, value)));
    }
}
