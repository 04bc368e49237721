using Voltwright.Jq;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Running;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Programs;

/// <summary>A call whose answer is awaited. The request is kept as it was first sent: a repetition must be the same.</summary>
internal sealed class CallActivation(TaskNode node) : Activation(node)
{
    public required HttpRequestSpec Request { get; init; }

    public string Command { get; set; } = "";

    public required string Key { get; init; }

    public bool IsAnswered { get; set; }

    public CallHttp Call => new(Command, Key, Request);

    public override bool IsWaiting => false;

    public override JsonValue Authorization => Request.Authorization?.Describe() ?? default;

    public override JsonValue Remembered => Request.Body;

    public override IEnumerable<RunCommand> Pending => [Call];

    public override IEnumerable<RunCommand> Abandon => IsAnswered ? [] : [new CancelCall(Command)];

    public override void Renew(RunMachine machine, TimeSpan pause)
    {
        // The one before was given up: its late answer must not be taken for this one's.
        Command = machine.NextId('c');
        base.Renew(machine, pause);
    }

    public static CallActivation Read(TaskNode node, JsonValue json)
    {
        var authorization = json["au"] is { IsArray: true } parts
            ? new HttpAuthorization(parts[0].AsString(), parts[1].TryGetString(out var user) ? user : null, parts[2].AsString(), parts[3]) : null;
        var contentType = json["ct"].TryGetString(out var type) ? type : null;
        return new CallActivation(node)
        {
            Command = json["c"].AsString(),
            Key = json["k"].AsString(),
            Request = new HttpRequestSpec(
                json["m"].AsString(), json["u"].AsString(), json["h"].AsObject(), json["b"], contentType, authorization, json["fr"].IsTruthy),
        };
    }

    protected override void Write(JsonObject.Builder json)
    {
        json.Set("c", Command).Set("k", Key).Set("m", Request.Method).Set("u", Request.Uri).Set("h", Request.Headers);
        if (Request.ContentType is not null)
            json.Set("ct", Request.ContentType).Set("b", Request.Body);
        if (Request.Authorization is { } who)
            json.Set("au", who.NeedsToken ? JsonArray.Of(who.Scheme, who.User, who.Credential, who.Grant) : JsonArray.Of(who.Scheme, who.User, who.Credential));
        if (Request.FollowRedirects)
            json.Set("fr", true);
    }
}
