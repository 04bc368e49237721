using Voltwright.Jq;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Tests.Running;

public sealed class SecretMaskTests
{
    private static readonly WorkflowProgram Program = WorkflowProgram.Load("""
        document: { dsl: 1.0.3, namespace: test, name: mask, version: 1.0.0 }
        use: { secrets: [ door, pin ] }
        do: [ { a: { set: { b: 1 } } } ]
        """, "t.yaml").Program!;

    private static readonly Dictionary<string, JsonValue> Secrets = new()
    {
        ["door"] = JsonValue.Parse("""{"user":"gatekeeper","keys":["sesame-one","sesame-one-and-more"]}"""),
        ["pin"] = "123",
        ["undeclared"] = "not-for-this-workflow",
    };

    [Theory]
    [InlineData("\"gatekeeper\"", "\"⟦secret:door/user⟧\"")]
    [InlineData("\"Bearer sesame-one!\"", "\"Bearer ⟦secret:door/keys/0⟧!\"")]
    [InlineData("\"sesame-one-and-more\"", "\"⟦secret:door/keys/1⟧\"")]
    [InlineData("[{\"gatekeeper\":\"x gatekeeper y\"}]", "[{\"⟦secret:door/user⟧\":\"x ⟦secret:door/user⟧ y\"}]")]
    [InlineData("\"123\"", "\"123\"")]
    [InlineData("\"not-for-this-workflow\"", "\"not-for-this-workflow\"")]
    [InlineData("[1, true, null]", "[1, true, null]")]
    public void Value_Hidden_ShowsNamesAndComesBack(string value, string hidden)
    {
        var mask = SecretMask.Of(Program, Secrets);
        var original = JsonValue.Parse(value);

        Assert.Equal(JsonValue.Parse(hidden), mask.Hide(original));
        Assert.Equal(original, mask.Reveal(mask.Hide(original)));
    }

    [Fact]
    public void Mask_WithoutSecrets_ChangesNothing() => Assert.Same(SecretMask.None, SecretMask.Of(Program, null));
}
