using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Running;

/// <summary>A timer the run waits for.</summary>
internal sealed record RunTimer(string Id, DateTimeOffset DueAt)
{
    public RunCommand Command => new SetTimer(Id, DueAt);

    public static JsonValue ToJson(RunTimer? timer) =>
        timer is null ? default : JsonArray.Of(timer.Id, timer.DueAt.ToUnixTimeMilliseconds());

    public static RunTimer? FromJson(JsonValue json) =>
        json.IsArray && json[1].TryGetInt64(out var due) ? new RunTimer(json[0].AsString(), DateTimeOffset.FromUnixTimeMilliseconds(due)) : null;
}
