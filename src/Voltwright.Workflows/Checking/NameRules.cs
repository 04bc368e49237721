using Voltwright.Jq.Syntax;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Reading;
using Voltwright.Workflows.Shapes;

namespace Voltwright.Workflows.Checking;

/// <summary>Names that cannot exist where they are read, and why they do not.</summary>
internal static class NameRules
{
    public static void Find(CheckRound round)
    {
        foreach (var (node, (expression, name)) in round.Observations.Nested)
        {
            round.Repairs.Unnested.Add(node);
            round.Sink.Add(expression, node, Rules.NestedContext,
                $"'.' is already an object with '{name}', so this exports '{name}.{name}'.", $"write {{ {name}: .{name} }}");
        }

        var missing = round.Observations.Members.Values.Where(r => IsMissing(r, round)).ToLookup(r => r.Expression.Source);
        foreach (var reading in missing.SelectMany(m => m).Where(r => !IsConsequence(r, missing)))
            Missing(reading, missing, round);
        foreach (var address in round.Observations.Variables.Values.Where(v => v.Missing == v.Seen).GroupBy(v => v.Address))
            Missing([.. address], round);
        foreach (var reading in round.Observations.Members.Values.Where(r => r.Missing == 0))
            Misspelt(reading, round);
        foreach (var reading in round.Observations.Members.Values.Where(r => r.MissingAfter is not null && r.Missing < r.Seen))
        {
            round.Sink.Add(reading.Expression, reading.At, Rules.MissingOnPath,
                $"'{Written(reading)}' is not there when the flow comes from '{reading.MissingAfter!.Task.Name}' (line {Line(reading.MissingAfter)}).",
                "give it there too, or leave from there with 'then'");
        }

        foreach (var (source, (expression, canSucceed)) in round.Observations.Outcomes)
        {
            if (!canSucceed)
                round.Sink.Add(source, Rules.AlwaysFails, $"'{expression.Text}' fails for every value that can come here.");
        }
    }

    // Where a way is left on which anything might be there, it must be clear what was meant instead.
    private static bool IsMissing(MemberReading reading, CheckRound round) => reading.Missing == reading.Seen
        || (reading.Missing + reading.Unknown == reading.Seen && Explanation(reading, round) is { } explanation
            && (reading.Missing > 0 || explanation.Step == reading.Name));

    private static Extraction? Explanation(MemberReading reading, CheckRound round) => reading.Targets.Where(t => t.Object is not null && !t.IsAny)
        .SelectMany(t => round.Observations.Extractions.GetValueOrDefault(t, []))
        .LastOrDefault(e => e.Whole.Object!.Can(reading.Name) && !ReferenceEquals(e.Expression.Source, reading.Expression.Source));

    // What is read of something that is missing itself is not worth a finding of its own.
    private static bool IsConsequence(MemberReading reading, ILookup<SourceNode, MemberReading> missing) =>
        reading.At is IndexNode { Target: not VariableNode } && reading.Targets.All(t => t.IsNull)
        && missing[reading.Expression.Source].Any(other => other != reading && other.At.Position < reading.At.Position);

    private static void Missing(MemberReading reading, ILookup<SourceNode, MemberReading> missing, CheckRound round)
    {
        var explanation = Explanation(reading, round);
        var (line, _) = reading.Expression.At(reading.At);
        if (explanation is not null)
        {
            if (round.Repairs.Whole.Add(explanation.Expression.Source))
                round.Sink.Add(explanation.Expression.Source, Rules.UnwrappedValue,
                    $"Only '{explanation.Step}' is kept of {ShapeText.Of(explanation.Whole)}, yet '{reading.Name}' of it is read at line {line}.",
                    $"keep the whole: leave out '.{explanation.Step}'{Keeping(explanation)}");
        }
        else
        {
            round.Repairs.Present.Add(reading.At);
            Lost(reading, line, round);
        }

        var target = Shape.Join(reading.Targets);
        if (IsRepeated(reading, missing))
            return;
        round.Sink.Add(reading.Expression, reading.At, Rules.UnknownName, Why(reading, target),
            explanation is not null ? $"keep the whole where it is taken apart, in line {explanation.Expression.Source.Line}" : Remedy(reading, target, round));
    }

    // Where nothing is ever exported, one name says it for all that an expression reads of $context.
    private static bool IsRepeated(MemberReading reading, ILookup<SourceNode, MemberReading> missing) => IsOfNoContext(reading)
        && missing[reading.Expression.Source].Any(r => r != reading && r.At.Position < reading.At.Position && IsOfNoContext(r));

    private static bool IsOfNoContext(MemberReading reading) =>
        reading.At is IndexNode { Target: VariableNode { Name: "context" } } && reading.Targets.All(t => t.IsNull);

    private static string Keeping(Extraction extraction) =>
        extraction.StoredAs is null && extraction.Whole.Object!.Members.Count == 1 ? $", so that it stays under '{extraction.Step}'" : "";

    private static string Why(MemberReading reading, Shape target)
    {
        var written = Written(reading);
        if (IsOfNoContext(reading))
            return $"'{written}' cannot exist: nothing has been exported, so '$context' is null here.";
        if (target.IsNull)
            return $"'{written}' cannot exist: {Before(reading)} is always null here.";
        if (target.Object is null && target.Array is not null && reading.Name[0] != '[')
            return $"'{written}' fails: {Before(reading)} is an array, and arrays have no names.";
        return $"'{written}' cannot exist here: {Before(reading)} is {ShapeText.Of(target)}.";
    }

    private static string Written(MemberReading reading)
    {
        var text = reading.Expression.Text;
        var end = reading.At.Position + (reading.At is IndexNode ? 1 : 0) + reading.Name.Length;
        return reading.At is IndexNode { Target: var of } && end <= text.Length && text[reading.At.Position] == '.'
            ? text[Math.Min(Start(of), reading.At.Position)..end] : $".{reading.Name}";
    }

    private static string Before(MemberReading reading)
    {
        if (reading.At is not IndexNode { Target: not IdentityNode } index)
            return "the input";
        var start = Start(index.Target);
        return start < reading.At.Position ? $"'{reading.Expression.Text[start..reading.At.Position]}'" : "the input";
    }

    private static int Start(Node node) => node is IndexNode index ? Math.Min(Start(index.Target), node.Position) : node.Position;

    private static string? Remedy(MemberReading reading, Shape target, CheckRound round)
    {
        if (reading.Name[0] == '[')
            return null;
        if (target.Object is { } members && Spelling.DidYouMean(reading.Name, members.Members.Keys) is { } near)
            return near;
        if (reading.Point is { } point && round.Observations.Entries.GetValueOrDefault(point) is { } state
            && ShapeSearch.Find(reading.Name, state) is { } place)
            return $"it is at '{place}'";
        if (reading.At is IndexNode { Target: VariableNode { Name: "context" } })
        {
            return round.Producers.GetValueOrDefault(reading.Name) is { } producer
                ? $"it is in the output of '{producer.Task.Name}' (line {Line(producer)}): export it there, '$context + {{ {reading.Name}: .{reading.Name} }}'"
                : "nothing exports it: export it with 'export.as' where it becomes known";
        }

        return null;
    }

    // Values that are set for the context, as their name says, but never exported.
    private static void Lost(MemberReading reading, int line, CheckRound round)
    {
        if (reading.At is not IndexNode { Target: VariableNode { Name: "context" } })
            return;
        foreach (var member in round.Unexported[reading.Name])
        {
            round.Sink.Add(member, Rules.LostValue,
                $"'{reading.Name}' is lost after the next task: it is not exported, yet '$context.{reading.Name}' is read at line {line}.",
                $"export it: export: {{ as: '$context + {{ {reading.Name}: .{reading.Name} }}' }}");
        }
    }

    private static void Missing(VariableReading[] readings, CheckRound round)
    {
        var (first, address) = (readings[0], readings[0].Address);
        var (line, column) = ParsedExpression.At(address, address.Text!.IndexOf($"{{{first.Name}}}", StringComparison.Ordinal));
        var input = Shape.Join(readings.Select(r => r.Input));
        var state = round.Observations.Entries.GetValueOrDefault(first.Point);
        var hints = readings.Select(r => Place(r.Name, input, state)).OfType<string>().Distinct().ToArray();
        var names = string.Join(" and ", readings.Select(r => $"'{{{r.Name}}}'"));
        var why = readings.All(r => input.Object?.Can(r.Name) is true) ? "no text or number" : "not";
        round.Sink.Add(line, column, Rules.AddressVariable,
            $"{names} {(readings.Length > 1 ? "are" : "is")} {why} in the task's input, which is {ShapeText.Of(input)}: the address gets an empty segment.",
            hints.Length > 0 ? string.Join(", ", hints) : $"give the task an input that has it, with input: {{ from: '{{ {first.Name}: … }}' }}");
    }

    private static string? Place(string name, Shape input, FlowState? state)
    {
        if (input.Object is { } members && Spelling.DidYouMean(name, members.Members.Where(m => m.Value.Shape.Object is null).Select(m => m.Key)) is { } near)
            return near;
        if (state is null || ShapeSearch.Find(name, state) is not { } place)
            return null;
        var dot = place.LastIndexOf('.');
        var (whole, member) = (place[..dot], place[(dot + 1)..]);
        if (whole.Length == 0)
            whole = ".";
        return member == name ? $"'{name}' is in '{whole}': say input: {{ from: {whole} }}" : $"say input: {{ from: '{{ {name}: {place} }}' }}";
    }

    // Members that may have any other names are still likely to be one of those that are known.
    private static void Misspelt(MemberReading reading, CheckRound round)
    {
        if (reading.Targets.Exists(t => t.IsAny || t.Object is null or { IsClosed: true } || t.Object.Members.ContainsKey(reading.Name)))
            return;
        var near = reading.Targets.SelectMany(t => t.Object!.Members.Keys).Distinct().FirstOrDefault(k => IsSlip(reading.Name, k));
        if (near is not null)
        {
            round.Sink.Add(reading.Expression, reading.At, Rules.MisspeltName,
                $"'{reading.Name}' is not known here, and '{near}' is.", $"did you mean '{near}'?");
        }
    }

    private static bool IsSlip(string name, string known) => name.Length > 2 && name + "s" != known && name != known + "s"
        && Spelling.Distance(name, known) <= (name.Length >= 8 ? 2 : 1);

    private static int Line(FlowPoint point) => point.Task.Properties.NameAt.Line;
}
