namespace Voltwright.Workflows.Reading;

/// <summary>A name in a mapping, where it stands (from 1), and its value.</summary>
public sealed record SourceMember(string Name, int Line, int Column, SourceNode Value);
