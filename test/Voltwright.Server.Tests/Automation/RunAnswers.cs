using Voltwright.Jq;

namespace Voltwright.Server.Tests.Automation;

/// <summary>Starting runs through the API and waiting for their end.</summary>
internal static class RunAnswers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<string> StartRunAsync(this RunningServer server, string workflow, string input)
    {
        var answer = await server.PostAsync($"/api/v2/workflows/{workflow}/runs", input);
        Assert.Equal(201, answer.Status);
        return answer.Json["id"].AsString();
    }

    public static Task<JsonValue> EndOfRunAsync(this RunningServer server, string id) =>
        UntilAsync(
            $"the end of run {id}",
            async () => (await server.GetAsync($"/api/v2/runs/{id}")).Json,
            run => run["status"].TryGetString(out var status) && status is "completed" or "faulted" or "cancelled");

    public static Task<JsonValue> RunsAsync(this RunningServer server, string query, int count) =>
        UntilAsync(
            $"{count} runs of {query}",
            async () => (await server.GetAsync($"/api/v2/runs?{query}")).Json["items"],
            runs => runs.AsArray().Count >= count);

    public static async Task<JsonValue> UntilAsync(string what, Func<Task<JsonValue>> look, Func<JsonValue, bool> isThere)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (isThere(seen))
                return seen;
            if (TimeProvider.System.GetElapsedTime(start) > Patience)
                throw new TimeoutException($"Waited {Patience.TotalSeconds} s for {what}; last seen: {seen}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }
}
