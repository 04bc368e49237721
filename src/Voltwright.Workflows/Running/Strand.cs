using Voltwright.Jq;
using Voltwright.Workflows.Programs;

namespace Voltwright.Workflows.Running;

/// <summary>One line of execution: the run itself, or a branch of a fork.</summary>
internal sealed class Strand(int id, int parent)
{
    public const int NoParent = -1;

    public int Id => id;

    /// <summary>Id of the strand whose topmost activation is the fork.</summary>
    public int Parent => parent;

    /// <summary>Outermost first.</summary>
    public List<Activation> Stack { get; private init; } = [];

    public JsonValue Context { get; set; }

    public Activation? Top => Stack.Count == 0 ? null : Stack[^1];

    public Strand Copy() => new(id, parent) { Stack = Stack.ConvertAll(a => a.Copy()), Context = Context };

    public JsonValue ToJson() => JsonArray.Of(id, parent, Context, JsonArray.From(Stack.Select(a => (JsonValue)a.ToJson())));

    public static Strand FromJson(JsonValue json, Func<string, TaskNode> node)
    {
        json[0].TryGetInt64(out var id);
        json[1].TryGetInt64(out var parent);
        return new Strand((int)id, (int)parent)
        {
            Context = json[2],
            Stack = [.. json[3].AsArray().Select(a => Activation.FromJson(node(a["n"].AsString()), a))],
        };
    }
}
