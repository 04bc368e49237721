using Voltwright.Workflows.Findings;

namespace Voltwright.Workflows.Reading;

/// <summary>Collects what a reading or a compilation finds in one source.</summary>
internal sealed class ReadingContext(string sourceName)
{
    /// <summary>A word that stands for what is about to be written: whoever reads it tells what could stand there.</summary>
    public const string Probe = "zzWhatCouldStandHere";

    private readonly List<Finding> _findings = [];
    private readonly List<string> _offers = [];

    /// <summary>What could stand where <see cref="Probe"/> does.</summary>
    public IReadOnlyList<string> Offers => _offers;

    public void Offer(IEnumerable<string> words) => _offers.AddRange(words.Except(_offers));

    public string SourceName { get; set; } = sourceName;

    public IReadOnlyList<Finding> Findings => _findings;

    public bool HasErrors => _findings.Any(f => f.Severity == FindingSeverity.Error);

    public void Error(int line, int column, string rule, string message, string? suggestion = null) =>
        _findings.Add(new Finding(SourceName, line, column, rule, FindingSeverity.Error, message, suggestion));

    public void Error(SourceNode at, string rule, string message, string? suggestion = null) => Error(at.Line, at.Column, rule, message, suggestion);

    public void Note(SourceNode at, FindingSeverity severity, string rule, string message, string? suggestion = null) =>
        _findings.Add(new Finding(SourceName, at.Line, at.Column, rule, severity, message, suggestion));
}
