using Voltwright.Jq.Builtins.Dates;
using Voltwright.Jq.Builtins.Regexes;
using Voltwright.Jq.Evaluation;
using Voltwright.Jq.Paths;

namespace Voltwright.Jq.Builtins;

/// <summary>The table of builtins that take values and give one value. To add one, add a line.</summary>
internal static class Natives
{
    public static readonly IReadOnlyDictionary<(string, int), Func<Filter[], Filter>> Table = Build();

    private static Dictionary<(string, int), Func<Filter[], Filter>> Build()
    {
        var table = new Dictionary<(string, int), Func<Filter[], Filter>>();
        void Add0(string name, NativeCall0 call) => table.Add((name, 0), _ => new Native0Filter(call));
        void Add1(string name, NativeCall1 call) => table.Add((name, 1), arguments => new Native1Filter(call, arguments[0]));
        void Add(string name, int count, NativeCall call) => table.Add((name, count), arguments => new NativeFilter(call, arguments));

        AddValues(Add0, Add1, Add);
        AddStrings(Add0, Add1, Add);
        AddCollections(Add0, Add1);
        AddDates(Add0, Add1);
        Add("_match", 3, Matching.Match);
        Add0("_captures", Matching.Captures);
        Numbers.Register(Add0, Add1, Add);
        return table;
    }

    private static void AddValues(Action<string, NativeCall0> add0, Action<string, NativeCall1> add1, Action<string, int, NativeCall> add)
    {
        add0("not", (_, input) => !input.IsTruthy);
        add0("error", (m, input) => m.Fail(input));
        add0("type", (_, input) => Kinds.Name(input));
        add0("length", Collections.Length);
        add0("tojson", Strings.ToJson);
        add0("fromjson", Strings.FromJson);
        add0("tostring", Strings.ToText);
        add0("tonumber", Numbers.ToNumber);
        add0("toboolean", Strings.ToBoolean);
        add0("toarray", (_, input) => input.IsArray ? input : JsonArray.Of(input));
        add0("halt", Environment.Halt);
        add1("halt_error", Environment.HaltError);
        add0("now", Environment.Now);
        add0("input_line_number", Environment.LineNumber);
        add0("input_filename", Environment.FileName);
        add0("have_literal_numbers", (_, _) => true);
        add0("have_decnum", (_, _) => true);
        add("setpath", 2, (m, input, a) => Updates.SetPath(m, input, a[0], a[1]));
        add1("delpaths", Updates.Delete);
    }

    private static void AddStrings(Action<string, NativeCall0> add0, Action<string, NativeCall1> add1, Action<string, int, NativeCall> add)
    {
        add1("startswith", Strings.StartsWith);
        add1("endswith", Strings.EndsWith);
        add1("ltrimstr", Strings.TrimStart);
        add1("rtrimstr", Strings.TrimEnd);
        add1("trimstr", Strings.TrimBoth);
        add0("trim", (m, input) => Strings.Trim(m, input, true, true));
        add0("ltrim", (m, input) => Strings.Trim(m, input, true, false));
        add0("rtrim", (m, input) => Strings.Trim(m, input, false, true));
        add1("split", (m, input, separator) => input.TryGetString(out var text) && separator.TryGetString(out var by)
            ? Strings.Split(m, text, by)
            : m.Fail("split input and separator must be strings"));
        add1("join", Strings.JoinWith);
        add0("explode", Strings.Explode);
        add0("implode", Strings.Implode);
        add0("ascii_downcase", (m, input) => Strings.MapAscii(m, input, "ascii_downcase", char.ToLowerInvariant));
        add0("ascii_upcase", (m, input) => Strings.MapAscii(m, input, "ascii_upcase", char.ToUpperInvariant));
        add0("utf8bytelength", Strings.Utf8Length);
        add1("indices", Strings.Indices);
        add1("_strindices", Strings.IndicesOfText);
        add1("format", (m, input, name) => !name.TryGetString(out var text)
            ? m.Fail($"{Kinds.Name(name)} ({Kinds.Excerpt(name)}) is not a valid format")
            : Formats.Named(text) is { } format ? format(m, input) : m.Fail($"{text} is not a valid format"));
    }

    private static void AddDates(Action<string, NativeCall0> add0, Action<string, NativeCall1> add1)
    {
        add0("gmtime", Calendar.GmTime);
        add0("localtime", Calendar.LocalTime);
        add0("mktime", Calendar.MkTime);
        add1("strftime", Calendar.StrFTime);
        add1("strflocaltime", Calendar.StrFLocalTime);
        add1("strptime", Calendar.StrPTime);
    }

    private static void AddCollections(Action<string, NativeCall0> add0, Action<string, NativeCall1> add1)
    {
        add0("keys", (m, input) => Collections.Keys(m, input, sorted: true));
        add0("keys_unsorted", (m, input) => Collections.Keys(m, input, sorted: false));
        add1("has", Collections.Has);
        add1("contains", Collections.Contains);
        add0("add", Collections.Add);
        add0("reverse", Collections.Reverse);
        add0("to_entries", Collections.ToEntries);
        add0("from_entries", Collections.FromEntries);
        add0("flatten", (m, input) => Collections.Flatten(m, input, double.PositiveInfinity));
        add1("flatten", Collections.Flatten);
        add0("transpose", Collections.Transpose);
        add0("sort", Guarded(Collections.Sort));
        add1("_sort_by", Guarded(Collections.SortBy));
        add1("_group_by", Guarded(Collections.GroupBy));
        add0("unique", Guarded((m, input) => input.IsArray ? Collections.UniqueBy(m, input, input) : Collections.Sort(m, input)));
        add1("_unique_by", Guarded(Collections.UniqueBy));
        add0("min", Guarded((m, input) => Collections.Extreme(m, input, input, least: true)));
        add0("max", Guarded((m, input) => Collections.Extreme(m, input, input, least: false)));
        add1("_min_by", Guarded((m, input, keys) => Collections.Extreme(m, input, keys, least: true)));
        add1("_max_by", Guarded((m, input, keys) => Collections.Extreme(m, input, keys, least: false)));
        add1("bsearch", Guarded(Collections.Search));
    }

    /// <summary>Sorting compares; what is nested too deeply to be compared cannot be sorted.</summary>
    private static NativeCall0 Guarded(NativeCall0 call) => (m, input) =>
    {
        try
        {
            return call(m, input);
        }
        catch (InsufficientExecutionStackException)
        {
            return m.Fail("Comparison too deep");
        }
    };

    private static NativeCall1 Guarded(NativeCall1 call) => (m, input, argument) => Guarded((_, given) => call(m, given, argument))(m, input);
}
