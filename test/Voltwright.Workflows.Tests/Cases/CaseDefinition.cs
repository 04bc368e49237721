using System.Text;
using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Tests.Cases;

/// <summary>What a case leaves out: the document, the details of an answer.</summary>
internal static class CaseDefinition
{
    public static JsonValue Of(JsonValue @case)
    {
        var document = JsonObject.Of(("dsl", "1.0.3"), ("namespace", "test"), ("name", "case"), ("version", "1.0.0"));
        if (@case["dsl"].IsString)
            document = document.With("dsl", @case["dsl"]);
        return JsonObject.Of([("document", document), .. @case["workflow"].AsObject().Select(m => (m.Key, m.Value))]);
    }

    public static RunEvent Answer(TestHost host, CallHttp call, JsonValue answer)
    {
        if (answer["fails"].TryGetString(out var kind))
            return new HttpFailed(host.Now, call.Id, Enum.Parse<HttpFailure>(kind, ignoreCase: true), "no answer");
        var headers = answer["headers"].TryGetObject(out var given) ? given : JsonObject.Of(("Content-Type", "application/json"));
        var body = answer["text"].TryGetString(out var text) ? text : answer["json"].IsNull ? "" : answer["json"].ToString();
        var status = answer["status"].TryGetInt64(out var number) ? (int)number : 200;
        return new HttpAnswered(host.Now, call.Id, status, headers, Encoding.UTF8.GetBytes(body), call.Request.Uri);
    }
}
