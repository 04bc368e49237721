using Voltwright.Jq;
using Voltwright.Workflows.Resources;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Tests.Cases;

/// <summary>Plays a workflow against what its case says of the world: answers, events, ends of children and of invocations, each in order.</summary>
internal static class CasePlayer
{
    public static TestHost Play(string workflow, JsonValue @case, bool restores)
    {
        var resources = Members(@case["resources"]).ToDictionary(r => r.Key, r => new FetchedResource(r.Value.AsString(), null));
        var host = new TestHost(workflow, "case.json", resources) { Restores = restores };
        foreach (var (name, value) in Members(@case["secrets"]))
            host.Secrets[name] = value;
        var answers = Queue(@case["answers"]);
        host.Http = call => answers.TryDequeue(out var answer) ? CaseDefinition.Answer(host, call, answer) : null;
        foreach (var cloudEvent in Queue(@case["events"]))
            host.Events.Enqueue(cloudEvent);
        var children = Queue(@case["children"]);
        host.Child = start =>
        {
            var end = children.Dequeue();
            return new ChildEnded(host.Now, start.Id, end["error"].IsNull ? RunStatus.Completed : RunStatus.Faulted, end["output"], end["error"]);
        };
        var invocations = Queue(@case["invocations"]);
        host.Invocation = invoke => invocations.TryDequeue(out var end) ? Ends(host, invoke, end) : [];
        return host.Run(@case["input"]);
    }

    private static IEnumerable<RunEvent> Ends(TestHost host, Invoke invoke, JsonValue end)
    {
        foreach (var message in Queue(end["messages"]))
            yield return new InvokeProgress(host.Now, invoke.Id, message);
        if (end["fails"].TryGetString(out var kind))
            yield return new InvokeFailed(host.Now, invoke.Id, Enum.Parse<InvocationFailure>(kind, ignoreCase: true), null, "no answer");
        else if (!end["open"].IsTruthy)
            yield return new Invoked(host.Now, invoke.Id, end["output"]);
    }

    private static Queue<JsonValue> Queue(JsonValue list) => new(list.TryGetArray(out var items) ? items : JsonArray.Empty);

    private static JsonObject Members(JsonValue value) => value.TryGetObject(out var members) ? members : JsonObject.Empty;
}
