namespace Voltwright.Workflows.Drawing;

/// <summary>What is written on a task.</summary>
/// <param name="Tone">The family of colours, and the icon.</param>
/// <param name="Kind">What it does: <c>call http · put</c>.</param>
internal sealed record Caption(string Tone, string Kind, string Name, IReadOnlyList<Remark> Remarks);

/// <param name="IsCode">An expression, an address, a name of an event.</param>
internal sealed record Remark(string Text, bool IsCode, int Lines = 3);
