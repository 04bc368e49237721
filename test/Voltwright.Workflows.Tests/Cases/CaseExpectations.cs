using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Tests.Cases;

/// <summary>Compares what a run did with what its case expects: an output exactly, all else as far as it is written.</summary>
internal static class CaseExpectations
{
    public static void Check(JsonValue @case, TestHost host)
    {
        var expected = @case.AsObject();
        if (expected.TryGetValue("output", out var output))
        {
            Assert.True(host.State.Status == RunStatus.Completed, $"{host.State.Status}: {host.State.Error}");
            Assert.Equal(output, host.State.Output);
        }

        if (expected.TryGetValue("error", out var error))
        {
            Assert.Equal(RunStatus.Faulted, host.State.Status);
            Covers(error, host.State.Error);
        }

        if (expected.TryGetValue("calls", out var calls))
            Covers(calls, JsonArray.From(host.Calls.Select(CommandText.Describe)));
        if (expected.TryGetValue("invoked", out var invoked))
            Covers(invoked, JsonArray.From(host.Invocations.Select(i => (JsonValue)JsonObject.Of(("kind", i.Kind), ("request", i.Request)))));
        if (expected.TryGetValue("status", out var status))
            Assert.Equal(status.AsString(), host.State.Status.ToString().ToLowerInvariant());
        if (expected.TryGetValue("emitted", out var emitted))
            Covers(emitted, JsonArray.From(host.Emitted));
        if (expected.TryGetValue("ran", out var ran))
            Assert.Equal(ran.AsArray().Select(n => n.AsString()), host.Completed);
        if (expected.TryGetValue("seconds", out var seconds))
            Assert.Equal(seconds.AsDouble(), (host.Now - TestHost.Start).TotalSeconds);
    }

    private static void Covers(JsonValue expected, JsonValue actual)
    {
        if (expected.TryGetObject(out var members))
        {
            foreach (var (name, value) in members)
                Covers(value, actual[name]);
        }
        else if (expected.TryGetArray(out var items))
        {
            Assert.True(actual.IsArray && actual.AsArray().Count == items.Count, $"expected {items.Count} items, found {actual}");
            for (var i = 0; i < items.Count; i++)
                Covers(items[i], actual[i]);
        }
        else
        {
            Assert.Equal(expected, actual);
        }
    }
}
