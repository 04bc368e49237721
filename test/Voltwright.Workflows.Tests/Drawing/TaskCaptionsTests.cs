using Voltwright.Workflows.Drawing;
using Xunit;

namespace Voltwright.Workflows.Tests.Drawing;

public sealed class TaskCaptionsTests
{
    [Theory]
    [InlineData("{ call: http, with: { method: put, endpoint: 'https://h.example/a/{b}' } }", "call http · PUT", "h.example/a/{b}")]
    [InlineData("{ call: http, with: { method: get, endpoint: { uri: '${ .uri }' } } }", "call http · GET", ".uri")]
    [InlineData("{ call: openapi, with: { document: { endpoint: 'https://h.example/o.json' }, operationId: find } }", "call openapi",
        "find|https://h.example/o.json")]
    [InlineData("{ call: grpc, with: { proto: { endpoint: 'file:///g.proto' }, service: { name: Greeter, host: h.example }, method: Hello } }", "call grpc",
        "Greeter/Hello|h.example")]
    [InlineData("{ call: asyncapi, with: { document: { endpoint: 'https://h.example/a' }, operation: send, message: { payload: { a: 1 } } } }", "call asyncapi",
        "send|publish|https://h.example/a")]
    [InlineData("{ call: asyncapi, with: { document: { endpoint: 'https://h.example/a' }, channel: news, subscription: { consume: { amount: 5 } } } }",
        "call asyncapi", "news|subscribe, amount 5|https://h.example/a")]
    [InlineData("{ call: mcp, with: { method: tools/call, parameters: { name: post }, transport: { stdio: { command: npx } } } }", "call mcp",
        "tools/call|post|npx")]
    [InlineData("{ call: a2a, with: { method: message/send, server: 'https://agent.example' } }", "call a2a", "message/send|https://agent.example")]
    [InlineData("{ call: 'greet:1.0.0@default' }", "call", "greet:1.0.0@default")]
    [InlineData("{ emit: { event: { with: { type: com.example.e, source: 'https://x.y' } } } }", "emit", "com.example.e")]
    [InlineData("{ raise: { error: known } }", "raise", "known")]
    [InlineData("{ raise: { error: { type: 'https://x.y/errors/timeout', status: 408 } } }", "raise", "408 timeout")]
    [InlineData("{ run: { workflow: { namespace: n, name: w, version: '1.0.0' } } }", "run workflow", "n/w:1.0.0")]
    [InlineData("{ run: { shell: { command: ls }, await: false } }", "run shell · not awaited", "ls")]
    [InlineData("{ run: { container: { image: 'alpine:3' } } }", "run container", "alpine:3")]
    [InlineData("{ run: { script: { language: python, code: print(1) } } }", "run script", "python: print(1)")]
    [InlineData("{ set: { a: 1, b: '${ .x }', c: { d: [ e ] } } }", "set", "a = 1|b = .x|c = { d: [e] }")]
    [InlineData("{ set: '${ .all }' }", "set", ".all")]
    [InlineData("{ set: { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 } }", "set", "a = 1|b = 2|c = 3|d = 4|e = 5|f = 6|and 1 more")]
    [InlineData("{ wait: { days: 1, seconds: 1, milliseconds: 500 } }", "wait", "1 d 1.5 s")]
    [InlineData("{ wait: PT90M }", "wait", "1 h 30 min")]
    [InlineData("{ wait: { milliseconds: 250 }, timeout: { after: { seconds: 5 } } }", "wait", "250 ms|at most 5 s")]
    [InlineData("{ if: '${ .go }', set: { a: 1 }, timeout: quick }", "set", "if .go|a = 1|at most quick")]
    [InlineData("{ listen: { to: { one: { with: { type: com.example.e, data: '${ .a > 1 }' } } } } }", "listen", "com.example.e, data .a > 1")]
    [InlineData("{ listen: { to: { any: [ { with: { type: x } }, { with: { source: 'https://s' } } ], until: '${ length > 3 }' } } }", "listen",
        "any of|x|source https://s|until length > 3")]
    [InlineData("{ listen: { to: { any: [], until: { one: { with: { type: stop } } } } } }", "listen", "any event|until stop")]
    public void Card_OfATask_SaysWhatItDoes(string task, string kind, string remarks)
    {
        var text = $"document: {{ dsl: '1.0.3', namespace: a, name: w, version: '1.0.0' }}\ndo:\n  - it: {task}\n";
        var definition = WorkflowReader.Read(text, "test.yaml").Definition!;

        var caption = TaskCaptions.Of(Assert.Single(definition.Do.Tasks));

        Assert.Equal((kind, "it"), (caption.Kind, caption.Name));
        Assert.Equal(remarks.Split('|'), caption.Remarks.Select(r => r.Text));
        Assert.NotNull(Icons.Of(caption.Tone));
        Assert.Contains($".flow .{caption.Tone}", StyleSheet.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "every error")]
    [InlineData("{ errors: { with: { type: 'https://x.y/errors/communication', status: 503, title: off } } }", "communication 503 title off")]
    [InlineData("{ when: '${ $error.status > 499 }', exceptWhen: .x }", "every error|when $error.status > 499|except when .x")]
    [InlineData("{ retry: { delay: { seconds: 3 }, backoff: { exponential: {} }, limit: { attempt: { count: 5 }, duration: { minutes: 1 } } } }",
        "every error|↻ again after 3 s, each time twice as long, 5 times at most, for 1 min at most")]
    [InlineData("{ retry: { limit: { attempt: { count: 1 } } } }", "every error|↻ again once at most")]
    public void Catch_OfATry_SaysWhatItTakesAndHowItIsTriedAgain(string caught, string remarks)
    {
        var scene = Geometry.Read(
            $"document: {{ dsl: '1.0.3', namespace: a, name: w, version: '1.0.0' }}\ndo:\n  - it: {{ try: [ {{ a: {{ set: {{ b: 1 }} }} }} ], catch: {caught} }}\n");

        var region = scene.Boxes.Single(b => b.Tone == "catch");
        Assert.Equal(
            remarks.Replace("|", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal),
            string.Concat(region.Text.Skip(1).Select(t => t.Text)).Replace(" ", "", StringComparison.Ordinal));
    }
}
