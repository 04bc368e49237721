using Voltwright.Automation;

namespace Voltwright.Tests.Automation;

public sealed class SemanticVersionTests
{
    [Fact]
    public void Versions_AreOrdered_AsTheSpecificationOrdersThem()
    {
        // Semantic Versioning 2.0.0, section 11.
        string[] ordered =
        [
            "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0",
            "1.0.1", "1.9.0", "1.10.0", "2.0.0", "10.0.0",
        ];

        Assert.Equal(ordered, ordered.Reverse().Order(SemanticVersion.Order));
    }

    [Fact]
    public void Order_OfBuildMetadata_DoesNotCount() => Assert.Equal(0, SemanticVersion.Order.Compare("1.0.0+a", "1.0.0+b"));
}
