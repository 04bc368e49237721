namespace Voltwright.Jq.Tests.Evaluation;

/// <summary>Memory is measured by the heap of the whole process: nothing else runs beside tests of it.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
