using Voltwright.Jq;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Running;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Programs;

/// <summary>Publishes an event; its output is that event. What the definition leaves out is generated.</summary>
internal sealed class EmitNode(ValueTemplate with, UriTemplate? source) : TaskNode
{
    private static readonly string[] Leading = ["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataschema"];

    public override Move Begin(RunMachine machine)
    {
        if (!machine.Evaluate(with, machine.Current.Input, out var value))
            return Move.Fail;
        if (!machine.CanLeave(value, "The event"))
            return Move.Fail;
        var given = value.AsObject();
        if (!given["type"].TryGetString(out _))
            return machine.Raise(ErrorKind.Configuration, $"The event's type must be text, not {StateWeight.Show(given["type"])}.");
        if (source is not null)
        {
            if (!machine.Succeeded(source.Expand(machine.Current.Input), out var expanded))
                return Move.Fail;
            given = given.With("source", expanded);
        }

        var id = machine.NextId('e');
        var cloudEvent = Complete(given, id, machine);
        machine.Command(new Emit(id, cloudEvent));
        machine.Trace(TraceEvent.Emitted, cloudEvent);
        machine.Value = cloudEvent;
        return Move.Finish;
    }

    private static JsonObject Complete(JsonObject given, string id, RunMachine machine)
    {
        var result = new JsonObject.Builder();
        foreach (var name in Leading)
        {
            var value = given[name].IsNull ? Default(name, id, machine) : given[name];
            if (!value.IsNull)
                result.Set(name, value);
        }

        foreach (var (name, value) in given)
        {
            if (name != "data" && !Leading.Contains(name))
                result.Set(name, value);
        }

        return given.ContainsKey("data") ? result.Set("data", given["data"]).ToObject() : result.ToObject();
    }

    private static JsonValue Default(string name, string id, RunMachine machine) => name switch
    {
        "specversion" => "1.0",
        "id" => $"{machine.RunId}-{id}",
        "source" => $"/{machine.Program.Namespace}/{machine.Program.Name}/{machine.Program.Version}",
        "time" => Timestamps.Text(machine.At),
        _ => default(JsonValue),
    };
}
