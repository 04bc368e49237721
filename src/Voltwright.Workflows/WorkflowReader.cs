using System.Text.RegularExpressions;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows;

/// <summary>Reads definitions of every task kind from YAML 1.2 (core schema) or JSON, and reports every structural error at once.</summary>
public static partial class WorkflowReader
{

    /// <param name="sourceName">What findings call the file.</param>
    public static WorkflowReading Read(string text, string sourceName)
    {
        var context = new ReadingContext(sourceName);
        try
        {
            var definition = Parse(text, context) is { } root ? Definition(root, context) : null;
            return new WorkflowReading(definition, Ordered(context));
        }
        catch (SourceException e)
        {
            context.Error(e.Line, e.Column, e.Rule, e.Message, e.Suggestion);
            return new WorkflowReading(null, Ordered(context));
        }
    }

    /// <summary>What could stand where the text has <see cref="ReadingContext.Probe"/>.</summary>
    internal static IReadOnlyList<string> Offers(string text)
    {
        var context = new ReadingContext("");
        try
        {
            if (Parse(text, context) is { } root)
                Definition(root, context);
        }
        catch (SourceException)
        {
            // What is being written cannot be read yet.
        }

        return context.Offers;
    }

    /// <summary>Reads any YAML or JSON text as a value, by the same rules and limits as a definition: input files, test data.</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static Jq.JsonValue ReadValue(string text)
    {
        var context = new ReadingContext("");
        try
        {
            return Parse(text, context, mayBeEmpty: true)?.ToJson() ?? default;
        }
        catch (SourceException e)
        {
            throw new FormatException($"{e.Line}:{e.Column}: {e.Message}");
        }
    }

    /// <summary>Reads a function of a catalog: a task without a name. Null, with a finding, when it is none.</summary>
    internal static TaskDefinition? ReadFunction(string text, string name, string pointer, ReadingContext context)
    {
        try
        {
            return Parse(text, context) is { } root
                ? new TaskReader(context).Task(new SourceMember(name, root.Line, root.Column, root), pointer) : null;
        }
        catch (SourceException e)
        {
            context.Error(e.Line, e.Column, e.Rule, e.Message, e.Suggestion);
            return null;
        }
    }

    private static SourceNode? Parse(string text, ReadingContext context, bool mayBeEmpty = false)
    {
        if (text.Length > SourceLimits.Length)
            throw new SourceException(Rules.TooLarge, $"The text is longer than {SourceLimits.Length} characters.", 0, 0);
        var content = text.AsSpan().TrimStart("\uFEFF \t\r\n");
        var root = content.StartsWith("{") ? JsonOrFlow(text, context) : YamlSource.Read(text, context);
        if (root is null && !mayBeEmpty)
            throw new SourceException(Rules.Syntax, "The text is empty.", 1, 1);
        return root;
    }

    // A mapping in braces may be JSON or YAML's flow style; JSON keeps the better positions.
    private static SourceNode? JsonOrFlow(string text, ReadingContext context)
    {
        try
        {
            return JsonSource.Read(text.TrimStart('\uFEFF'), context);
        }
        catch (SourceException e) when (e.Rule == Rules.Syntax)
        {
            try
            {
                return YamlSource.Read(text, context);
            }
            catch (SourceException)
            {
                throw e;
            }
        }
    }

    private static WorkflowDefinition? Definition(SourceNode root, ReadingContext context)
    {
        if (ObjectReader.Open(context, root, "A workflow") is not { } reader)
            return null;
        var parts = new PartReader(context);
        var tasks = new TaskReader(context);
        var document = Document(reader.Any("document", required: true), context);
        var input = parts.DataFlow(reader.Any("input"), "input", "from");
        var use = new UseReader(context, tasks).Read(reader.Any("use"));
        var list = tasks.List(reader.Any("do", required: true), "/do");
        var timeout = parts.Timeout(reader.TextOrMapping("timeout"));
        var output = parts.DataFlow(reader.Any("output"), "output", "as");
        var schedule = Schedule(reader.Any("schedule"), context, parts);
        var evaluate = Evaluate(reader.Any("evaluate"), context);
        reader.Close();
        return document is null ? null
            : new WorkflowDefinition(context.SourceName, root, document, input, use, list, timeout, output, schedule, evaluate);
    }

    private static DocumentDefinition? Document(SourceNode? node, ReadingContext context)
    {
        if (ObjectReader.Open(context, node, "'document'") is not { } reader)
            return null;
        var dsl = reader.Text("dsl", required: true);
        var @namespace = reader.Text("namespace", required: true);
        var name = reader.Text("name", required: true);
        var version = reader.Text("version", required: true);
        var (title, summary) = (reader.Text("title"), reader.Text("summary"));
        reader.Mapping("tags");
        reader.Mapping("metadata");
        reader.Close();
        Label(@namespace, "namespace", context);
        Label(name, "name", context);
        if (version?.Text is { } text && !SemanticVersion().IsMatch(text))
            context.Error(version, Rules.InvalidValue, $"'{text}' is no semantic version.", "write major.minor.patch, such as '1.0.0'");
        if (dsl?.Text is { } spoken && !DslVersion().IsMatch(spoken))
        {
            context.Error(dsl, Rules.UnsupportedVersion, $"The DSL's version '{spoken}' is not supported.", "1.0.0 to the newest 1.0.x are");
        }

        return dsl is null || @namespace is null || name is null || version is null ? null
            : new DocumentDefinition(dsl.Text!, @namespace.Text!, name.Text!, version.Text!, title?.Text, summary?.Text);
    }

    private static void Label(SourceNode? node, string property, ReadingContext context)
    {
        if (node?.Text is { } text && !HostLabel().IsMatch(text))
            context.Error(node, Rules.InvalidValue, $"'{text}' can't be a {property}.", "letters, digits and inner hyphens, 63 at most");
    }

    private static ScheduleDefinition? Schedule(SourceNode? node, ReadingContext context, PartReader parts)
    {
        if (ObjectReader.Open(context, node, "'schedule'") is not { } reader)
            return null;
        var every = parts.Duration(reader.Any("every"), "every");
        var cron = reader.Text("cron");
        var after = parts.Duration(reader.Any("after"), "after");
        var on = new EventReader(context).Strategy(reader.Any("on"), "on");
        var read = reader.Choice("read", "data", "envelope", "raw");
        if (read is not null && !reader.Has("on"))
            context.Error(read, Rules.InvalidValue, "'read' says how events are read, and there is no 'on'.", "Remove it, or give 'on'.");
        reader.Close();
        if (reader.Node.Members!.Count == 0)
            context.Error(reader.Node, Rules.MissingProperty, "'schedule' needs one of 'every', 'cron', 'after', 'on'.");
        return new ScheduleDefinition(reader.Node, every, cron, after, on, read?.Text);
    }

    private static EvaluateDefinition Evaluate(SourceNode? node, ReadingContext context)
    {
        if (ObjectReader.Open(context, node, "'evaluate'") is not { } reader)
            return new EvaluateDefinition("jq", false);
        var language = reader.Text("language");
        var mode = reader.Choice("mode", "strict", "loose");
        reader.Close();
        return new EvaluateDefinition(language?.Text ?? "jq", mode?.Text == "loose");
    }

    private static Finding[] Ordered(ReadingContext context) =>
        [.. context.Findings.Distinct().OrderBy(f => f.Line).ThenBy(f => f.Column)];

    [GeneratedRegex("^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$")]
    private static partial Regex HostLabel();

    [GeneratedRegex(@"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9a-zA-Z.-]+)?(\+[0-9a-zA-Z.-]+)?$")]
    private static partial Regex SemanticVersion();

    [GeneratedRegex(@"^1\.0\.(0|[1-9]\d*)(-[0-9a-zA-Z.-]+)?(\+[0-9a-zA-Z.-]+)?$")]
    private static partial Regex DslVersion();
}
