using Voltwright.Automation.Credentials;

namespace Voltwright.Tests.Automation.Credentials;

/// <summary>The examples of RFC 7616, 3.9.1.</summary>
public sealed class DigestChallengeTests
{
    private const string Nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    private const string Opaque = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS";
    private const string ClientNonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

    [Theory]
    [InlineData("MD5", "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void Answer_ToTheExamplesOfTheRfc_IsTheirs(string algorithm, string response)
    {
        var challenge = $"Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm={algorithm}, nonce=\"{Nonce}\", opaque=\"{Opaque}\"";

        var answer = DigestChallenge.Answer([challenge], "Mufasa", "Circle of Life", "GET", "/dir/index.html", ClientNonce);

        Assert.Contains($"response=\"{response}\"", answer, StringComparison.Ordinal);
        Assert.Contains($"algorithm={algorithm}", answer, StringComparison.Ordinal);
        Assert.Contains($"opaque=\"{Opaque}\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_ToSeveralChallenges_TakesTheStrongest()
    {
        var header = $"Digest realm=\"a\", nonce=\"{Nonce}\", algorithm=MD5, qop=\"auth\", Digest realm=\"a\", nonce=\"{Nonce}\", algorithm=SHA-256, qop=\"auth\"";

        Assert.Contains("algorithm=SHA-256", DigestChallenge.Answer([header], "u", "p", "GET", "/", "c"), StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_WithoutQop_IsTheOldForm()
    {
        var answer = DigestChallenge.Answer(["Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\""],
            "Mufasa", "Circle Of Life", "GET", "/dir/index.html", "c");

        Assert.Contains("response=\"670fd8c2df070c60b045671b8b24ff02\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("qop", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Basic realm=\"x\"")]
    [InlineData("Digest realm=\"x\", nonce=\"n\", algorithm=SHA-512-256")]
    [InlineData("Digest realm=\"x\", nonce=\"n\", qop=\"auth-int\"")]
    [InlineData("")]
    public void Answer_ToWhatIsNotUnderstood_IsNone(string challenge) =>
        Assert.Null(DigestChallenge.Answer([challenge], "u", "p", "GET", "/", "c"));
}
