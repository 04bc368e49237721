using System.Text;
using System.Text.Json;
using Voltwright.Jq;

namespace Voltwright.Workflows.Runs;

/// <summary>Events as JSON: for journals, recorded histories, and what waits in a suspended run.</summary>
public static class RunEventJson
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static JsonObject Write(RunEvent e)
    {
        var json = new JsonObject.Builder().Set("kind", JsonNamingPolicy.CamelCase.ConvertName(e.GetType().Name)).Set("at", Timestamps.Text(e.At));
        switch (e)
        {
            case HttpAnswered answered:
                json.Set("command", answered.CommandId).Set("status", answered.Status).Set("headers", answered.Headers);
                if (Text(answered.Body) is { } text)
                    json.Set("text", text);
                else
                    json.Set("base64", Convert.ToBase64String(answered.Body.Span));
                json.Set("uri", answered.Uri);
                break;
            case HttpFailed failed:
                json.Set("command", failed.CommandId).Set("failure", failed.Kind.ToString()).Set("reason", failed.Reason);
                break;
            case EventArrived arrived:
                json.Set("cloudEvent", arrived.CloudEvent);
                break;
            case ChildEnded ended:
                json.Set("command", ended.CommandId).Set("status", ended.Status.ToString()).Set("output", ended.Output).Set("error", ended.Error);
                break;
            case Invoked invoked:
                json.Set("command", invoked.CommandId).Set("output", invoked.Output);
                break;
            case InvokeProgress progress:
                json.Set("command", progress.CommandId).Set("message", progress.Message);
                break;
            case InvokeFailed failed:
                json.Set("command", failed.CommandId).Set("failure", failed.Kind.ToString()).Set("detail", failed.Detail);
                json.Set("status", failed.Status is { } status ? status : default(JsonValue));
                break;
            case Abort abort:
                json.Set("reason", abort.Reason);
                break;
            case TimerFired fired:
                json.Set("timer", fired.TimerId);
                break;
        }

        return json.ToObject();
    }

    /// <exception cref="FormatException">This is no event.</exception>
    public static RunEvent Read(JsonValue json)
    {
        var at = Timestamps.Parse(json["at"].TryGetString(out var text) ? text : throw new FormatException("An event needs 'at'."));
        return json["kind"].AsString() switch
        {
            "httpAnswered" => Answered(json, at),
            "httpFailed" => new HttpFailed(
                at, json["command"].AsString(), Enum.Parse<HttpFailure>(json["failure"].AsString()), json["reason"].AsString()),
            "timerFired" => new TimerFired(at, json["timer"].AsString()),
            "eventArrived" => new EventArrived(at, json["cloudEvent"]),
            "childEnded" => new ChildEnded(
                at, json["command"].AsString(), Enum.Parse<RunStatus>(json["status"].AsString()), json["output"], json["error"]),
            "invoked" => new Invoked(at, json["command"].AsString(), json["output"]),
            "invokeProgress" => new InvokeProgress(at, json["command"].AsString(), json["message"]),
            "invokeFailed" => new InvokeFailed(
                at, json["command"].AsString(), Enum.Parse<InvocationFailure>(json["failure"].AsString()),
                json["status"].TryGetInt64(out var status) ? (int)status : null, json["detail"].AsString()),
            "cancel" => new Cancel(at),
            "suspend" => new Suspend(at),
            "resume" => new Resume(at),
            "retry" => new Retry(at),
            "abort" => new Abort(at, json["reason"].AsString()),
            var kind => throw new FormatException($"'{kind}' is no kind of event."),
        };
    }

    private static HttpAnswered Answered(JsonValue json, DateTimeOffset at) => new(
        at,
        json["command"].AsString(),
        (int)json["status"].AsDouble(),
        json["headers"].AsObject(),
        Body(json),
        json["uri"].TryGetString(out var uri) ? uri : null);

    private static string? Text(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Strict.GetString(body.Span);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static ReadOnlyMemory<byte> Body(JsonValue json) =>
        json["text"].TryGetString(out var text) ? Encoding.UTF8.GetBytes(text) : Convert.FromBase64String(json["base64"].AsString());
}
