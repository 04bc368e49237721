using Voltwright.Automation;
using Voltwright.Jq;
using Voltwright.Workflows;
using Voltwright.Workflows.Runs;

namespace Voltwright.Bench.Runs;

/// <summary>What the engine itself costs: tasks a second without a host, and a run with calls against the same calls written in C#.</summary>
internal static class EngineBenchmark
{
    private const int Turns = 1000;
    private const int TasksATurn = 3;
    private const int Calls = 8;
    private const int Batch = 40;

    /// <summary>A loop of three tasks: a decision and two that change the data.</summary>
    private static readonly string Loop = $$"""
        document: { dsl: 1.0.3, namespace: bench, name: loop, version: 1.0.0 }
        do:
          - loop:
              for: { each: n, in: "[range({{Turns}})]" }
              do:
                - decide:
                    switch:
                      - even: { when: .total % 2 == 0, then: add }
                      - odd: { then: continue }
                - add:
                    set: { total: "${ .total + $n }", kind: even }
                - keep:
                    set: { total: "${ .total + 2 * $n }", last: "${ $index }" }
        """;

    public static async Task RunAsync(Report report, CancellationToken cancellation)
    {
        await Task.Run(() => Steps(report), cancellation);
        using var service = new CountingService();
        await WithCallsAsync(report, service, cancellation);
    }

    private static void Steps(Report report)
    {
        var program = Load(Loop);
        var start = new RunStart("bench", JsonObject.Of(("total", 0)), DateTimeOffset.UnixEpoch);
        foreach (var (name, options, target) in new[]
        {
            ("tasks in memory", EngineOptions.Default, (Target?)new(1e6)),
            ("tasks in memory, without a trace", EngineOptions.Default with { TraceEntries = 0 }, null),
        })
        {
            var tasks = Engine.Start(program, start).Trace.Count(t => t.Event == TraceEvent.Completed);
            if (Engine.Start(program, start, options).State.Status != RunStatus.Completed || tasks < Turns * TasksATurn * 2 / 3)
                throw new InvalidOperationException("The loop did not run to its end.");
            var runs = Meter.Rate(n =>
            {
                for (var i = 0; i < n; i++)
                    Engine.Start(program, start, options);
            });
            report.Add(name, runs * tasks, "tasks/s per core", null, target);
        }
    }

    private static async Task WithCallsAsync(Report report, CountingService service, CancellationToken cancellation)
    {
        var program = Load(WithCalls(service.Address));
        using var caller = new HttpCaller(new HttpCallerOptions { Routes = new HttpRoutes(null, [service.Address.Authority]) }, TimeProvider.System);
        var runner = new LocalRunner(program, caller, TimeProvider.System);
        using var client = new HttpClient();
        var ours = new List<double>();
        var byHand = new List<double>();
        for (var round = 0; round < 6; round++)
        {
            var workflow = await ProcessorAsync(() => RunnerAsync(runner, cancellation));
            var csharp = await ProcessorAsync(() => ByHandAsync(client, service.Address, cancellation));
            if (round == 0)
                continue;
            ours.Add(workflow);
            byHand.Add(csharp);
        }

        report.Add(
            $"a run of {Calls} HTTP calls", Meter.Median(ours), "ms of processor time, both ends of the calls",
            new("the same calls with HttpClient in C#", Meter.Median(byHand)), new(0.5, IsRatio: true), lessIsBetter: true);
    }

    private static async Task<double> ProcessorAsync(Func<Task> work)
    {
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < Batch; i++)
            await work();
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Batch;
    }

    private static async Task RunnerAsync(LocalRunner runner, CancellationToken cancellation)
    {
        var run = await runner.RunAsync("bench", JsonObject.Of(("n", 0)), cancellation);
        if (run.State.Status != RunStatus.Completed)
            throw new InvalidOperationException($"The run ended {run.State.Status}: {run.State.Error}");
    }

    private static async Task ByHandAsync(HttpClient client, Uri address, CancellationToken cancellation)
    {
        var n = 0;
        for (var i = 0; i < Calls; i++)
        {
            using var response = await client.PostAsync(
                new Uri(address, "next"), new StringContent($"{{\"n\":{n}}}", null, "application/json"), cancellation);
            response.EnsureSuccessStatusCode();
            using var answer = await System.Text.Json.JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellation), default, cancellation);
            n = answer.RootElement.GetProperty("n").GetInt32();
        }

        if (n != Calls)
            throw new InvalidOperationException($"{n} of {Calls} calls counted.");
    }

    private static string WithCalls(Uri address) => $$"""
        document: { dsl: 1.0.3, namespace: bench, name: calls, version: 1.0.0 }
        do:
          - count:
              for: { each: i, in: "[range({{Calls}})]" }
              do:
                - next:
                    call: http
                    with: { method: post, endpoint: { uri: "{{address}}next" }, body: { n: "${ .n }" } }
        """;

    private static WorkflowProgram Load(string text)
    {
        var compiled = WorkflowProgram.Load(text, "bench.yaml");
        return compiled.Program ?? throw new InvalidOperationException(string.Join('\n', compiled.Findings));
    }
}
