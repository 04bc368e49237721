using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Tests.Runs;

public sealed class SecretTests
{
    private const string Yaml = """
        document: { dsl: 1.0.3, namespace: test, name: secrets, version: 1.0.0 }
        use: { secrets: [ door ] }
        do:
          - prepare: { set: { key: '${ $secrets.door.password }' }, export: { as: '{ said: ("the key is " + .key) }' } }
          - enter:
              call: http
              with:
                method: post
                endpoint: { uri: https://x.test/, authentication: { basic: { use: door } } }
                headers: { X-Key: '${ .key }' }
                body: { key: '${ .key }' }
        """;

    [Fact]
    public void Secret_UsedInDataAndCall_ReachesTheCallOnly()
    {
        var host = Play();
        var call = Assert.Single(host.Calls);

        Assert.Equal("open-sesame", call.Request.Body["key"]);
        Assert.Equal("open-sesame", call.Request.Headers["X-Key"].AsString());
        Assert.DoesNotContain("open-sesame", host.State.ToJson().ToString(), StringComparison.Ordinal);
        Assert.All(host.Trace, t => Assert.DoesNotContain("open-sesame", ((JsonValue)t.ToJson()).ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Secret_InARestoredRun_IsThereAgain()
    {
        var host = Play();

        var restored = RunState.FromJson(host.Program, JsonValue.Parse(host.State.ToJson().ToString()), host.Secrets);

        Assert.Equal(CommandText.Of(host.Calls[0]), CommandText.Of(Assert.Single(restored.Pending)));
        Assert.Equal(host.Calls[0].Request.Authorization, ((CallHttp)restored.Pending[0]).Request.Authorization);
    }

    [Fact]
    public void Authorization_Printed_ShowsNoCredential() =>
        Assert.DoesNotContain("open-sesame", Play().Calls[0].ToString(), StringComparison.Ordinal);

    [Fact]
    public void Secret_NotDeclared_IsNoReference()
    {
        var findings = WorkflowProgram.Load(Yaml.Replace("[ door ]", "[ dor ]", StringComparison.Ordinal), "t.yaml").Findings;

        Assert.Contains(findings, f => f.Rule == Findings.Rules.UnknownReference && f.Suggestion == "did you mean 'dor'?");
    }

    private static TestHost Play()
    {
        var host = new TestHost(Yaml);
        host.Secrets["door"] = JsonObject.Of(("username", "gate"), ("password", "open-sesame"));
        return host.Begin();
    }
}
