using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;
using Voltwright.Automation;
using Voltwright.Workflows.Checking;
using Voltwright.Workflows.Findings;

namespace Voltwright.Cli.Commands;

/// <summary>Checks workflow files: every finding at once, for people, scripts and code-scanning tools.</summary>
internal static class CheckCommand
{
    private static readonly Argument<string[]> Files = new("file")
    {
        Description = "Workflow files, YAML or JSON.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> Format = new("--format")
    {
        Description = "text, json or sarif.",
        DefaultValueFactory = _ => "text",
    };

    private static readonly Option<string> FailOn = new("--fail-on")
    {
        Description = "The least severity that makes the exit code 1: error, warning or info.",
        DefaultValueFactory = _ => "error",
    };

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static CheckCommand()
    {
        Format.AcceptOnlyFromAmong("text", "json", "sarif");
        FailOn.AcceptOnlyFromAmong("error", "warning", "info");
    }

    public static Command Create() => new Command("check", "Check workflows.") { Files, Format, FailOn }.Runs(CheckAsync);

    private static async Task<int> CheckAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        foreach (var file in parsed.GetValue(Files)!)
            findings.AddRange(WorkflowChecker.Check(await Options.ReadAsync(file, cancellation), file, SupplierKnowledge.Value));
        switch (parsed.GetValue(Format))
        {
            case "json":
                Console.WriteLine(new JsonObject { ["findings"] = new JsonArray([.. findings.Select(Json)]) }.ToJsonString(Indented));
                break;
            case "sarif":
                Console.WriteLine(SarifReport.Of(findings).ToJsonString(Indented));
                break;
            default:
                Print(findings, parsed.GetValue(Files)!.Length);
                break;
        }

        var least = Enum.Parse<FindingSeverity>(parsed.GetValue(FailOn)!, ignoreCase: true);
        return findings.Exists(f => f.Severity >= least) ? ExitCode.Failed : ExitCode.Success;
    }

    private static void Print(List<Finding> findings, int files)
    {
        foreach (var finding in findings)
        {
            var colour = finding.Severity switch { FindingSeverity.Error => "red", FindingSeverity.Warning => "yellow", _ => "blue" };
            Terminal.Results.MarkupLineInterpolated(
                $"{finding.File}:{finding.Line}:{finding.Column}: [{colour}]{Name(finding.Severity)}[/] {finding.Rule}: {finding.Message}");
            if (finding.Suggestion is not null)
                Terminal.Results.MarkupLineInterpolated($"    {finding.Suggestion}");
        }

        var errors = findings.Count(f => f.Severity == FindingSeverity.Error);
        Console.Error.WriteLine($"{files} file(s), {errors} error(s), {findings.Count - errors} other finding(s)");
    }

    private static JsonObject Json(Finding finding) => new()
    {
        ["file"] = finding.File,
        ["line"] = finding.Line,
        ["column"] = finding.Column,
        ["rule"] = finding.Rule,
        ["severity"] = Name(finding.Severity),
        ["message"] = finding.Message,
        ["suggestion"] = finding.Suggestion,
    };

    private static string Name(FindingSeverity severity) => severity.ToString().ToLowerInvariant();
}
