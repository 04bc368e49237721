namespace Voltwright.Workflows.Schemas;

/// <summary>One keyword at work: null when satisfied, else what is wrong.</summary>
internal delegate string? Keyword(Instance instance, SchemaMarks marks);

/// <summary>A schema or subschema: its keywords, all of which must be satisfied.</summary>
internal sealed class SchemaNode
{
    private const int Deepest = 256;

    public List<Keyword> Keywords { get; } = [];

    public string? Check(Instance instance, SchemaMarks marks)
    {
        if (instance.Depth > Deepest)
            return instance.Problem("is nested too deeply, or its schema refers to itself");
        var inside = instance with { Depth = instance.Depth + 1 };
        foreach (var keyword in Keywords)
        {
            if (keyword(inside, marks) is { } problem)
                return problem;
        }

        return null;
    }

    /// <summary>Checks a subschema on the same value: what it looked at counts only if it is satisfied.</summary>
    public string? Apply(Instance instance, SchemaMarks marks)
    {
        var own = new SchemaMarks();
        var problem = Check(instance, own);
        if (problem is null)
            marks.Add(own);
        return problem;
    }

    public bool Accepts(Instance instance) => Check(instance, new SchemaMarks()) is null;
}
