using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Running;

/// <summary>A timer the run waits for.</summary>
internal sealed record Timer(string Id, DateTimeOffset DueAt)
{
    public RunCommand Command => new SetTimer(Id, DueAt);

    public static JsonValue ToJson(Timer? timer) =>
        timer is null ? default : JsonArray.Of(timer.Id, timer.DueAt.ToUnixTimeMilliseconds());

    public static Timer? FromJson(JsonValue json) =>
        json.IsArray && json[1].TryGetInt64(out var due) ? new Timer(json[0].AsString(), DateTimeOffset.FromUnixTimeMilliseconds(due)) : null;
}
