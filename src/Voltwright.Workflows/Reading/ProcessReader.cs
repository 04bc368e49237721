using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Findings;

namespace Voltwright.Workflows.Reading;

/// <summary>Reads <c>run</c> tasks.</summary>
internal sealed class ProcessReader(ReadingContext context, PartReader parts)
{
    public RunTask? Read(ObjectReader reader, TaskProperties properties)
    {
        if (ObjectReader.Open(context, reader.Any("run"), "'run'") is not { } run)
            return null;
        string[] kinds = ["container", "script", "shell", "workflow"];
        var kind = run.ExactlyOne(kinds);
        foreach (var name in kinds)
            run.Any(name);
        var wait = run.Flag("await")?.Scalar.IsTruthy ?? true;
        var result = run.Choice("return", "stdout", "stderr", "code", "all", "none")?.Text ?? "stdout";
        run.Close();
        if (kind is null || ObjectReader.Open(context, run.Any(kind), $"'{kind}'") is not { } process)
            return null;
        switch (kind)
        {
            case "container": Container(process); break;
            case "script": Script(process); break;
            case "shell": Shell(process); break;
            default: Workflow(process); break;
        }

        process.Close();
        return new RunTask(properties, kind, process.Node, wait, result);
    }

    private void Container(ObjectReader process)
    {
        process.Text("image", required: true);
        foreach (var name in new[] { "name", "command", "stdin" })
            process.Text(name);
        foreach (var name in new[] { "ports", "volumes", "environment" })
            process.Mapping(name);
        process.Sequence("arguments");
        process.Choice("pullPolicy", "ifNotPresent", "always", "never");
        if (ObjectReader.Open(context, process.Any("lifetime"), "'lifetime'") is not { } lifetime)
            return;
        var cleanup = lifetime.Choice("cleanup", required: true, "always", "never", "eventually");
        parts.Duration(lifetime.Any("after", required: cleanup?.Text == "eventually"), "after");
        lifetime.Close();
    }

    private void Script(ObjectReader process)
    {
        process.Text("language", required: true);
        process.Text("code");
        parts.Resource(process.Any("source"), "'source'");
        process.ExactlyOne("code", "source");
        process.Text("stdin");
        // Published definitions pass arguments by position and by name.
        process.Any("arguments");
        process.Mapping("environment");
    }

    private static void Shell(ObjectReader process)
    {
        process.Text("command", required: true);
        process.Text("stdin");
        process.Any("arguments");
        process.Mapping("environment");
    }

    private static void Workflow(ObjectReader process)
    {
        process.Text("namespace", required: true);
        process.Text("name", required: true);
        process.Text("version", required: true);
        process.Any("input");
    }
}
