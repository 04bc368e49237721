using Voltwright.Server.Auth;

namespace Voltwright.Console.Tests.People;

public sealed class OneTimeCodeTests
{
    // RFC 6238, appendix B: the secret "12345678901234567890", the last six of eight digits.
    private const string Secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1_111_111_109, "081804")]
    [InlineData(1_111_111_111, "050471")]
    [InlineData(1_234_567_890, "005924")]
    [InlineData(2_000_000_000, "279037")]
    [InlineData(20_000_000_000, "353130")]
    public void Code_OfTheStandardsExamples_IsTheStandards(long seconds, string code) =>
        Assert.Equal(code, OneTimeCodes.CodeAt(Secret, DateTimeOffset.FromUnixTimeSeconds(seconds)));

    [Fact]
    public void Match_OneStepLate_IsTaken()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(59);
        Assert.Equal(1, OneTimeCodes.Match(Secret, "287082", now.AddSeconds(30), 0));
        Assert.Null(OneTimeCodes.Match(Secret, "287082", now.AddSeconds(70), 0));
    }

    [Fact]
    public void Match_OfACodeThatWasUsed_IsRefused() =>
        Assert.Null(OneTimeCodes.Match(Secret, "287082", DateTimeOffset.FromUnixTimeSeconds(59), 1));

    [Fact]
    public void NewSecret_EachTime_IsAnotherOfFullLength()
    {
        var secrets = Enumerable.Range(0, 20).Select(_ => OneTimeCodes.NewSecret()).ToHashSet();
        Assert.Equal(20, secrets.Count);
        Assert.All(secrets, s => Assert.Equal(32, s.Length));
    }
}
