using Voltwright.Jq;

namespace Voltwright.Workflows.Running;

/// <summary>Keeps the values of secrets out of whatever leaves the machine: stored state and traces.</summary>
internal sealed class SecretMask
{
    // A shorter value would turn up in innocent text and make it unreadable, while hiding nothing that is hard to guess.
    private const int Shortest = 4;

    private readonly (string Value, string Mark)[] _marks;

    private SecretMask((string Value, string Mark)[] marks) => _marks = marks;

    public static SecretMask None { get; } = new([]);

    public static SecretMask Of(WorkflowProgram program, IReadOnlyDictionary<string, JsonValue>? secrets)
    {
        if (secrets is null || program.Secrets.Count == 0)
            return None;
        var marks = program.Secrets.Where(secrets.ContainsKey).SelectMany(name => Strings(secrets[name], name));
        return new SecretMask([.. marks.Where(m => m.Value.Length >= Shortest).OrderByDescending(m => m.Value.Length)]);
    }

    public JsonValue Hide(JsonValue value) => _marks.Length == 0 ? value : Map(value, text => Replace(text, reveal: false));

    public JsonValue Reveal(JsonValue value) => _marks.Length == 0 ? value : Map(value, text => Replace(text, reveal: true));

    private static IEnumerable<(string Value, string Mark)> Strings(JsonValue value, string path) => value.Kind switch
    {
        JsonKind.String => [(value.AsString(), $"⟦secret:{path}⟧")],
        JsonKind.Object => value.AsObject().SelectMany(m => Strings(m.Value, $"{path}/{m.Key}")),
        JsonKind.Array => value.AsArray().SelectMany((v, i) => Strings(v, $"{path}/{i}")),
        _ => [],
    };

    private static JsonValue Map(JsonValue value, Func<string, string> change)
    {
        switch (value.Kind)
        {
            case JsonKind.String:
                return change(value.AsString());
            case JsonKind.Array:
                return JsonArray.From(value.AsArray().Select(v => Map(v, change)));
            case JsonKind.Object:
                var result = new JsonObject.Builder();
                foreach (var (key, member) in value.AsObject())
                    result.Set(change(key), Map(member, change));
                return result.ToObject();
            default:
                return value;
        }
    }

    private string Replace(string text, bool reveal)
    {
        foreach (var (value, mark) in _marks)
            text = reveal ? text.Replace(mark, value, StringComparison.Ordinal) : text.Replace(value, mark, StringComparison.Ordinal);
        return text;
    }
}
