using NJsonSchema;
using Voltwright.Testing;

namespace Voltwright.EndToEnd;

/// <summary>The official schemas, where they are at hand.</summary>
internal static class Schemas
{
    public static void AssertAnswersConform(RawStation station)
    {
        if (Repository.Shared($"ocpp/{station.Protocol["ocpp".Length..]}") is not { } folder)
            return;
        foreach (var (action, _, answer) in station.Exchanged)
            AssertConforms(folder, action + "Response", answer.ToString());
        foreach (var (action, payload) in station.Asked)
            AssertConforms(folder, station.Protocol == "ocpp1.6" ? action : action + "Request", payload.ToString());
    }

    private static void AssertConforms(string folder, string message, string payload)
    {
        var schema = JsonSchema.FromJsonAsync(File.ReadAllText(Path.Combine(folder, message + ".json"))).GetAwaiter().GetResult();
        var problems = schema.Validate(payload);
        Assert.True(problems.Count == 0, $"{message} {payload}: {string.Join("; ", problems)}");
    }
}
