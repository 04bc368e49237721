using Voltwright.Jq;

namespace Voltwright.Workflows.Running;

/// <summary>Errors as the DSL describes them (RFC 9457).</summary>
internal static class ProblemDetails
{
    public static JsonObject Of(JsonValue type, JsonValue status, JsonValue title, JsonValue detail, string instance)
    {
        var problem = new JsonObject.Builder().Set("type", type).Set("status", status);
        if (!title.IsNull)
            problem.Set("title", title);
        if (!detail.IsNull)
            problem.Set("detail", detail);
        return problem.Set("instance", instance).ToObject();
    }
}
