namespace Voltwright.Workflows.Drawing;

/// <summary>A picture before it is written: everything has its place.</summary>
/// <param name="Boxes">Outer ones before those in them.</param>
public sealed record Scene(string Title, string Description, double Width, double Height, IReadOnlyList<Box> Boxes, IReadOnlyList<Arrow> Arrows);
