using System.Text;
using Voltwright.Forwarding.Webhooks;

namespace Voltwright.Tests.Forwarding.Webhooks;

public sealed class WebhookSecretTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public void Sign_OfTheSpecificationsExample_GivesItsSignature() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSecret.Sign([Secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, Encoding.UTF8.GetBytes("""{"test": 2432232314}""")));

    [Fact]
    public void Sign_WithTwoSecrets_GivesTwoSignatures()
    {
        var signatures = WebhookSecret.Sign([Secret, WebhookSecret.New()], "m", 1, "x"u8).Split(' ');
        Assert.Equal(2, signatures.Length);
        Assert.Equal(WebhookSecret.Sign([Secret], "m", 1, "x"u8), signatures[0]);
    }

    [Fact]
    public void New_EachTime_IsAnotherSecretThatWillDo()
    {
        var (one, other) = (WebhookSecret.New(), WebhookSecret.New());
        Assert.NotEqual(one, other);
        Assert.Null(WebhookSecret.Problem(one));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a secret of mine that is long enough")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_this is no Base64 at all, however long")]
    public void Problem_OfWhatIsNoSecret_SaysWhatOneIs(string secret) =>
        Assert.Contains("whsec_", WebhookSecret.Problem(secret), StringComparison.Ordinal);

    [Fact]
    public void MessageId_OfTheSameEvent_IsTheSameAndHasNoDot()
    {
        var id = WebhookSecret.MessageId("/stations/CP.1", "a.b c");
        Assert.Equal(id, WebhookSecret.MessageId("/stations/CP.1", "a.b c"));
        Assert.NotEqual(id, WebhookSecret.MessageId("/stations/CP.2", "a.b c"));
        Assert.Matches("^evt_[0-9a-f]{32}$", id);
    }
}
