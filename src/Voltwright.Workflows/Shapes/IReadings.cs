using Voltwright.Jq.Syntax;

namespace Voltwright.Workflows.Shapes;

/// <summary>Is told of what expressions read while their shapes are computed.</summary>
internal interface IReadings
{
    /// <summary>A member is read by its name.</summary>
    /// <param name="found">What reading it gives.</param>
    /// <returns>What to go on with.</returns>
    Shape Member(Node at, Shape target, string name, Shape found);

    /// <summary>An element is read by its number.</summary>
    void Element(Node at, Shape target, long index);

    /// <summary>Two values are compared with <c>==</c> or <c>!=</c>.</summary>
    void Comparison(BinaryNode at, Shape left, Shape right);
}
