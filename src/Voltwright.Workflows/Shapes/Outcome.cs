namespace Voltwright.Workflows.Shapes;

/// <summary>What an expression can yield: its outputs, and whether there may be none. Failing is always thought possible.</summary>
internal readonly record struct Outcome(Shape Values, bool CanBeEmpty)
{
    public static Outcome Unknown { get; } = new(Shape.Any, true);

    public static Outcome Nothing { get; } = new(Shape.Never, true);

    /// <summary>No output, because it always fails.</summary>
    public static Outcome Failure { get; } = new(Shape.Never, false);

    /// <summary>The first output, as workflows take it: no output is null.</summary>
    public Shape First => CanBeEmpty ? Values.Or(Shape.Null) : Values;

    public static implicit operator Outcome(Shape shape) => new(shape, false);

    public Outcome Or(Outcome other) => new(Values.Or(other.Values), CanBeEmpty || other.CanBeEmpty);

    /// <summary>The same after something that may have had no output.</summary>
    public Outcome After(bool emptiness) => emptiness && !CanBeEmpty ? this with { CanBeEmpty = true } : this;
}
