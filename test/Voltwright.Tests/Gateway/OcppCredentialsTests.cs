using System.Text;
using Voltwright.Gateway.Ocpp;

namespace Voltwright.Tests.Gateway;

public sealed class OcppCredentialsTests
{
    [Theory]
    [InlineData("CP1:secret", "secret")]
    [InlineData("CP1:with:colon", "with:colon")]
    [InlineData("CP1:", "")]
    public void Credentials_OfTheStationItself_GiveTheSecret(string pair, string secret) =>
        Assert.Equal(secret, OcppCredentials.Read(Basic(pair), "CP1")!.Secret);

    [Fact]
    public void Credentials_Absent_GiveNoSecret() => Assert.Null(OcppCredentials.Read(null, "CP1")!.Secret);

    [Theory]
    [InlineData("CP2:secret")]
    [InlineData("CP10:secret")]
    [InlineData("cp1:secret")]
    [InlineData("secret")]
    public void Credentials_OfAnother_AreRefused(string pair) => Assert.Null(OcppCredentials.Read(Basic(pair), "CP1"));

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic %%%")]
    [InlineData("Bearer abc")]
    [InlineData("Basic Q1AxOg==, x")]
    public void Header_NotBasic_IsRefused(string header) => Assert.Null(OcppCredentials.Read(header, "CP1"));

    private static string Basic(string pair) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));
}
