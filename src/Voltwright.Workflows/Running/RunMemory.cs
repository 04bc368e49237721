using Voltwright.Jq;
using Voltwright.Workflows.Programs;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Running;

/// <summary>Everything a run remembers between two events. A machine changes its own copy only.</summary>
internal sealed class RunMemory(string id, JsonValue input, DateTimeOffset startedAt)
{
    public string Id => id;

    /// <summary>Raw.</summary>
    public JsonValue Input => input;

    public DateTimeOffset StartedAt => startedAt;

    public RunStatus Status { get; set; } = RunStatus.Running;

    public JsonValue Output { get; set; }

    public JsonValue Error { get; set; }

    /// <summary>Sequence number of the last trace entry.</summary>
    public long Traced { get; set; }

    /// <summary>Number of the last command.</summary>
    public long Commanded { get; set; }

    public int LastStrand { get; set; }

    public RunTimer? Timeout { get; set; }

    public List<Strand> Strands { get; private init; } = [];

    /// <summary>Where it stood when it failed.</summary>
    public Fall? Fall { get; set; }

    /// <summary>Id of the subscription, if any task listens.</summary>
    public string? Subscription { get; set; }

    /// <summary>Events that arrived before the task that listens to them was reached.</summary>
    public List<JsonValue> Events { get; private init; } = [];

    /// <summary>What arrived while the run was suspended.</summary>
    public List<RunEvent> Inbox { get; private init; } = [];

    public bool IsOver => Status is RunStatus.Completed or RunStatus.Faulted or RunStatus.Cancelled;

    public RunMemory Copy() => new(id, input, startedAt)
    {
        Status = Status,
        Output = Output,
        Error = Error,
        Fall = Fall,
        Traced = Traced,
        Commanded = Commanded,
        LastStrand = LastStrand,
        Timeout = Timeout,
        Strands = Strands.ConvertAll(s => s.Copy()),
        Inbox = [.. Inbox],
        Subscription = Subscription,
        Events = [.. Events],
    };

    public JsonObject ToJson()
    {
        var json = new JsonObject.Builder()
            .Set("format", Format).Set("id", id).Set("status", Status.ToString().ToLowerInvariant())
            .Set("input", input).Set("startedAt", startedAt.ToUnixTimeMilliseconds())
            .Set("traced", Traced).Set("commanded", Commanded);
        if (Status == RunStatus.Completed)
            json.Set("output", Output);
        if (!Error.IsNull)
            json.Set("error", Error);
        if (Fall is not null)
            json.Set("fall", Fall.ToJson());
        if (Timeout is not null)
            json.Set("timeout", RunTimer.ToJson(Timeout));
        if (LastStrand > 0)
            json.Set("lastStrand", LastStrand);
        if (Strands.Count > 0)
            json.Set("strands", JsonArray.From(Strands.Select(s => s.ToJson())));
        if (Subscription is not null)
            json.Set("subscription", Subscription);
        if (Events.Count > 0)
            json.Set("events", JsonArray.From(Events));
        if (Inbox.Count > 0)
            json.Set("inbox", JsonArray.From(Inbox.Select(e => (JsonValue)RunEventJson.Write(e))));
        return json.ToObject();
    }

    public static RunMemory FromJson(JsonValue json, Func<string, TaskNode> node)
    {
        if (!json["format"].TryGetInt64(out var format) || format != Format)
            throw new FormatException($"The state has format {json["format"]}, not {Format}.");
        var at = json["startedAt"].TryGetInt64(out var ms) ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : default;
        return new RunMemory(json["id"].AsString(), json["input"], at)
        {
            Status = Enum.Parse<RunStatus>(json["status"].AsString(), ignoreCase: true),
            Output = json["output"],
            Error = json["error"],
            Traced = json["traced"].TryGetInt64(out var traced) ? traced : 0,
            Commanded = json["commanded"].TryGetInt64(out var commanded) ? commanded : 0,
            LastStrand = json["lastStrand"].TryGetInt64(out var last) ? (int)last : 0,
            Timeout = RunTimer.FromJson(json["timeout"]),
            Fall = Fall.FromJson(json["fall"], node),
            Subscription = json["subscription"].TryGetString(out var subscription) ? subscription : null,
            Events = [.. json["events"].TryGetArray(out var events) ? events : JsonArray.Empty],
            Strands = [.. (json["strands"].TryGetArray(out var strands) ? strands : JsonArray.Empty).Select(s => Strand.FromJson(s, node))],
            Inbox = [.. (json["inbox"].TryGetArray(out var inbox) ? inbox : JsonArray.Empty).Select(RunEventJson.Read)],
        };
    }

    // Raised when an older state can no longer be read.
    private const int Format = 1;
}
