using Voltwright.Server.Auth;

namespace Voltwright.Console.Tests.People;

public sealed class PasswordTests
{
    [Fact]
    public void Hash_OfTheSamePassword_IsSaltedAndVerifies()
    {
        var (one, other) = (Passwords.Hash(House.Password), Passwords.Hash(House.Password));
        Assert.NotEqual(one, other);
        Assert.True(Passwords.Verify(House.Password, one));
        Assert.False(Passwords.Verify(House.Password + "!", one));
        Assert.DoesNotContain(House.Password, one, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_OfNobody_IsNo() => Assert.False(Passwords.Verify(House.Password, null));

    [Theory]
    [InlineData("short", false)]
    [InlineData("aaaaaaaaaaaaaaaa", false)]
    [InlineData("correct horse battery", true)]
    public void Problem_OfAPassword_TellsWhetherItCanBeUsed(string password, bool usable) =>
        Assert.Equal(usable, Passwords.Problem(password) is null);
}
