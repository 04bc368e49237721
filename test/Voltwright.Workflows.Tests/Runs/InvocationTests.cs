using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Tests.Runs;

public sealed class InvocationTests
{
    private const string Head = "document: { dsl: '1.0.3', namespace: test, name: test, version: '1.0.0' }\n";

    [Fact]
    public void Invoke_Call_HasItsRequestEvaluatedAndKeepsItsKeyOverARestart()
    {
        var host = Begin("""
            use: { authentications: { me: { basic: { username: u, password: '${ .secret }' } } } }
            do:
              - greet:
                  call: grpc
                  with:
                    proto: { endpoint: 'https://x.example/{dir}/greet.proto' }
                    service: { name: Greeter, host: '${ .host }', port: 5011, authentication: { use: me } }
                    method: SayHello
                    arguments: { name: '${ .name }', authentication: plain }
            """, """{"dir": "a b", "host": "h", "name": "Ann", "secret": "s"}""");
        var invoke = Assert.IsType<Invoke>(Assert.Single(host.Commands));
        Assert.Equal("grpc", invoke.Kind);
        Assert.Equal(
            JsonValue.Parse("""
                {"proto": {"endpoint": "https://x.example/a%20b/greet.proto"}, "method": "SayHello",
                 "service": {"name": "Greeter", "host": "h", "port": 5011, "authentication": {"scheme": "Basic", "user": "u", "credential": "s"}},
                 "arguments": {"name": "Ann", "authentication": "plain"}}
                """),
            invoke.Request);
        Assert.Equal(invoke, Assert.Single(RunState.FromJson(host.Program, JsonValue.Parse(host.State.ToJson().ToString()), null).Pending));
        host.Apply(new Invoked(host.Now, invoke.Id, "hello"));
        Assert.Equal("hello", host.State.Output.AsString());
    }

    [Fact]
    public void Invoke_Secret_IsNeitherInTheStateNorInTheTrace()
    {
        var host = new TestHost(Head + """
            use: { secrets: [key] }
            do: [ { a: { run: { shell: { command: x, environment: { K: '${ $secrets.key }' } } } } } ]
            """);
        host.Secrets["key"] = "hush-hush";
        host.Begin();
        Assert.Equal("hush-hush", Assert.IsType<Invoke>(host.Commands[0]).Request["process"]["environment"]["K"].AsString());
        Assert.DoesNotContain("hush", host.State.ToJson().ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", host.Commands[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(InvocationFailure.Communication, 404, "communication", 404)]
    [InlineData(InvocationFailure.Runtime, null, "runtime", 500)]
    [InlineData(InvocationFailure.Authorization, null, "authorization", 403)]
    [InlineData(InvocationFailure.Configuration, null, "configuration", 400)]
    [InlineData(InvocationFailure.Timeout, null, "timeout", 408)]
    public void Invoke_Failed_IsTheStandardError(InvocationFailure failure, int? status, string type, int expected)
    {
        var host = Begin("do: [ { a: { run: { shell: { command: x } } } } ]");
        host.Apply(new InvokeFailed(host.Now, host.Commands[0].Id, failure, status, "why"));
        Assert.EndsWith("/" + type, host.State.Error["type"].AsString(), StringComparison.Ordinal);
        Assert.Equal((expected, "why", "/do/0/a"), (
            (int)host.State.Error["status"].AsDouble(), host.State.Error["detail"].AsString(), host.State.Error["instance"].AsString()));
    }

    [Fact]
    public void Invoke_TimedOut_IsGivenUp()
    {
        var host = Begin("do: [ { a: { run: { shell: { command: x } }, timeout: { after: PT1S } } } ]");
        Assert.True(host.Go());
        Assert.EndsWith("/timeout", host.State.Error["type"].AsString(), StringComparison.Ordinal);
        Assert.Equal(host.Commands.OfType<Invoke>().Single().Id, Assert.Single(host.Commands.OfType<CancelInvoke>()).Id);
    }

    [Fact]
    public void Run_NotAwaited_PassesTheInputOn()
    {
        var host = Begin("do: [ { a: { run: { shell: { command: x }, await: false } } } ]", """{"n": 1}""");
        Assert.Equal(JsonValue.False, host.Commands.OfType<Invoke>().Single().Request["await"]);
        host.Apply(new Invoked(host.Now, host.Commands[0].Id, default));
        Assert.Equal("""{"n":1}""", host.State.Output.ToString());
    }

    [Fact]
    public void Invoke_Authorization_IsWhatTheExpressionsOfTheTaskSee()
    {
        var host = Begin("""
            do: [ { a: { call: a2a, with: { method: tasks/list, server: { uri: 'https://a.example', authentication: { bearer: { token: t } } } },
                         output: { as: '${ $authorization.scheme + " " + $authorization.parameter }' } } } ]
            """);
        host.Apply(new Invoked(host.Now, host.Commands[0].Id, default));
        Assert.Equal("Bearer t", host.State.Output.ToString().Trim('"'));
    }

    [Theory]
    [InlineData("invoked", """{"output":{"a":1}}""")]
    [InlineData("invokeProgress", """{"message":[1]}""")]
    [InlineData("invokeFailed", """{"failure":"Runtime","detail":"why","status":null}""")]
    [InlineData("invokeFailed", """{"failure":"Communication","detail":"why","status":404}""")]
    public void Event_AsJson_ComesBackAsItWent(string kind, string rest)
    {
        var json = JsonObject.Of(("kind", kind), ("at", "2026-01-01T12:00:00.000Z"), ("command", "i1"));
        foreach (var (name, value) in JsonValue.Parse(rest).AsObject())
            json = json.With(name, value);
        JsonValue written = RunEventJson.Write(RunEventJson.Read(json));
        foreach (var (name, value) in json.Without("at"))
            Assert.Equal(value, written[name]);
    }

    private static TestHost Begin(string body, string input = "null") => new TestHost(Head + body).Begin(JsonValue.Parse(input));
}
