using Voltwright.Jq;
using Voltwright.Workflows.Programs;

namespace Voltwright.Workflows.Tests.Programs;

public sealed class ContextMergeTests
{
    [Theory]
    [InlineData("{\"a\":1}", "{\"a\":1}", "{\"a\":2,\"b\":3}", "{\"a\":2,\"b\":3}")]
    [InlineData("{\"a\":1}", "{\"a\":5}", "{\"a\":2}", "{\"a\":5}")]
    [InlineData("{\"a\":1}", "{\"a\":1,\"c\":4}", "{\"a\":2,\"b\":3}", "{\"a\":2,\"b\":3,\"c\":4}")]
    [InlineData("{\"a\":1,\"b\":2}", "{\"b\":2}", "{\"a\":1,\"b\":2,\"c\":3}", "{\"b\":2,\"c\":3}")]
    [InlineData("{\"x\":{\"a\":1}}", "{\"x\":{\"a\":1,\"b\":2}}", "{\"x\":{\"a\":9}}", "{\"x\":{\"a\":9,\"b\":2}}")]
    [InlineData("null", "{\"a\":1}", "{\"b\":2}", "{\"b\":2,\"a\":1}")]
    [InlineData("null", "{\"a\":1}", "null", "{\"a\":1}")]
    [InlineData("{\"a\":1}", "\"text\"", "{\"a\":2}", "\"text\"")]
    [InlineData("[1]", "[1,2]", "[1,3]", "[1,2]")]
    public void Changes_OfOneBranch_AreAppliedToWhatOthersMade(string before, string after, string joined, string expected) => Assert.Equal(
        JsonValue.Parse(expected), ContextMerge.Apply(JsonValue.Parse(before), JsonValue.Parse(after), JsonValue.Parse(joined)));
}
