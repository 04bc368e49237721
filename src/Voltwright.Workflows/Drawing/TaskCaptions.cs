using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Drawing;

/// <summary>Puts a task into few words.</summary>
internal static class TaskCaptions
{
    public static Caption Of(TaskDefinition task)
    {
        var (tone, kind, own) = Describe(task);
        List<Remark> remarks = [.. own];
        if (task.Properties.If is { Text: { } condition })
            remarks.Insert(0, new Remark($"if {ExpressionText.Strip(condition)}", true));
        if (task.Properties.Timeout is { } timeout)
            remarks.Add(new Remark($"at most {Phrases.Timeout(timeout)}", false));
        return new Caption(tone, kind, task.Name, remarks);
    }

    private static (string Tone, string Kind, IEnumerable<Remark> Remarks) Describe(TaskDefinition task) => task switch
    {
        CallHttpTask http => ("call", $"call http · {Phrases.Text(http.Method).ToUpperInvariant()}", [Code(Phrases.Address(http.Endpoint.Uri))]),
        CallProtocolTask call => ("call", $"call {call.Protocol}", Protocol(call)),
        CallFunctionTask call => ("call", "call", [Code(Phrases.Text(call.Function))]),
        DoTask => ("do", "do", []),
        EmitTask emit => ("emit", "emit", [Code(Phrases.Text(emit.With["type"]))]),
        ForTask loop => ("for", "for", [Code($"{loop.Each} in {Phrases.Expression(loop.In)}"), .. While(loop.While)]),
        ForkTask fork => ("fork", "fork", [new Remark(fork.Compete ? "side by side, the first to finish wins" : "side by side, all to their end", false)]),
        ListenTask listen => ("listen", "listen", Phrases.Events(listen.To)),
        RaiseTask raise => ("raise", "raise", Raised(raise)),
        RunTask run => ("run", run.Await ? $"run {run.Kind}" : $"run {run.Kind} · not awaited", Process(run)),
        SetTask set => ("set", "set", Assigned(set.Value)),
        SwitchTask => ("switch", "switch", []),
        TryTask => ("try", "try", []),
        WaitTask wait => ("wait", "wait", [new Remark(Phrases.Duration(wait.Duration), wait.Duration.Constant is null)]),
        _ => ("do", task.GetType().Name, []),
    };

    private static Remark Code(string text) => new(text, true);

    private static IEnumerable<Remark> While(SourceNode? condition) => condition is null ? [] : [Code($"while {Phrases.Expression(condition)}")];

    private static IEnumerable<Remark> Assigned(SourceNode value) => value.Members is { } members
        ? members.Take(6).Select(m => new Remark($"{m.Name} = {Phrases.Value(m.Value)}", true, 2)).Concat(More(members.Count - 6))
        : [Code(Phrases.Expression(value))];

    private static IEnumerable<Remark> More(int count) => count > 0 ? [new Remark($"and {count} more", false)] : [];

    private static IEnumerable<Remark> Raised(RaiseTask raise)
    {
        if (raise.Use is { Text: { } name })
            return [Code(name)];
        var error = raise.Error;
        var status = error?.Status is { } node ? Phrases.Value(node) : "";
        var title = error?.Title is { } text ? Phrases.Value(text) : Phrases.LastPart(Phrases.Text(error?.Type));
        return [new Remark($"{status} {title}".Trim(), false)];
    }

    private static IEnumerable<Remark> Process(RunTask run) => run.Kind switch
    {
        "workflow" => [Code($"{Phrases.Text(run.Process["namespace"])}/{Phrases.Text(run.Process["name"])}:{Phrases.Text(run.Process["version"])}")],
        "container" => [Code(Phrases.Text(run.Process["image"]))],
        "shell" => [Code(Phrases.Text(run.Process["command"]))],
        _ => [Code($"{Phrases.Text(run.Process["language"])}: {Phrases.Text(run.Process["code"] ?? run.Process["source"]?["endpoint"])}")],
    };

    private static IEnumerable<Remark> Protocol(CallProtocolTask call)
    {
        var with = call.With;
        string?[] words = call.Protocol switch
        {
            "openapi" => [with["operationId"]?.Text, Document(with)],
            "grpc" => [$"{with["service"]?["name"]?.Text}/{with["method"]?.Text}", with["service"]?["host"]?.Text],
            "asyncapi" => [with["operation"]?.Text ?? with["channel"]?.Text, with["subscription"] is null ? "publish" : Subscription(with), Document(with)],
            _ => [with["method"]?.Text, with["parameters"]?["name"]?.Text, Document(with)],
        };
        return words.Where(w => !string.IsNullOrEmpty(w)).Select(w => Code(w!));
    }

    private static string Subscription(SourceNode with)
    {
        var consume = with["subscription"]!["consume"];
        var limit = consume?.Members?.FirstOrDefault(m => m.Name != "for");
        return limit is null ? "subscribe" : $"subscribe, {limit.Name} {Phrases.Value(limit.Value)}";
    }

    private static string? Document(SourceNode with)
    {
        var endpoint = (with["document"] ?? with["agentCard"])?["endpoint"] ?? with["server"] ?? with["transport"]?["http"]?["endpoint"];
        return endpoint?.Text ?? endpoint?["uri"]?.Text ?? with["transport"]?["stdio"]?["command"]?.Text;
    }
}
