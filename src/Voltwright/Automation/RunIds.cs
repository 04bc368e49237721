using System.Security.Cryptography;
using System.Text;
using Voltwright.Jq;

namespace Voltwright.Automation;

/// <summary>Ids of runs that follow from what starts them, so that starting one again finds it instead.</summary>
public static class RunIds
{
    /// <summary>The version is no part of it: an event that is met again after a deployment still has had its run.</summary>
    public static string Of(WorkflowId workflow, IEnumerable<JsonValue> envelopes) =>
        Of(workflow, envelopes.SelectMany(e => new[] { $"{e["source"]}", $"{e["id"]}" }));

    public static string Of(WorkflowId workflow, string requestKey) => Of(workflow, ["request", requestKey]);

    private static string Of(WorkflowId workflow, IEnumerable<string> parts)
    {
        var text = string.Join('\n', parts.Prepend(workflow.Family));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
