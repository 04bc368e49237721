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

    public static string OfSchedule(WorkflowId workflow, string timer) => Of(workflow, ["schedule", timer]);

    public static string Of(WorkflowId workflow, string requestKey) => Of(workflow, ["request", requestKey]);

    /// <summary>A command of a run starts one run, however often it is carried out.</summary>
    public static string OfChild(string parent, string command) => Hash(["child", parent, command]);

    private static string Of(WorkflowId workflow, IEnumerable<string> parts) => Hash(parts.Prepend(workflow.Family));

    private static string Hash(IEnumerable<string> parts)
    {
        var text = string.Join('\n', parts);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
