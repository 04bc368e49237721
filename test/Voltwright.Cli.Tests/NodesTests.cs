using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Voltwright.Testing;

namespace Voltwright.Cli.Tests;

/// <summary>What is wrong with the options of a node is said before anything starts.</summary>
public sealed class NodesTests : IDisposable
{
    private const string Nowhere = "Host=127.0.0.1;Port=1;Username=x";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Cluster_WithoutADatabase_IsRefused() => await AssertRefusedAsync("--postgres", "--cluster", "main");

    [Fact]
    public async Task Postgres_ThatIsNotThere_IsNamed() => await AssertRefusedAsync("127.0.0.1:1", "--postgres", Nowhere);

    [Fact]
    public async Task Postgres_OfNonsense_SaysHowToWriteIt() => await AssertRefusedAsync("Host=…", "--postgres", "nonsense");

    [Theory]
    [InlineData("main")]
    [InlineData("127.0.0.1")]
    [InlineData("host:11111")]
    public async Task Address_ThatIsNone_IsRefused(string address) =>
        await AssertRefusedAsync("is no IP:PORT", "--postgres", Nowhere, "--cluster", "main", "--cluster-address", address);

    [Fact]
    public async Task Certificate_WithoutItsKey_IsRefused() =>
        await AssertRefusedAsync("belong together", "--postgres", Nowhere, "--cluster", "main", "--cluster-certificate", "node.pem");

    [Fact]
    public async Task Certificate_ThatIsNotThere_IsNamed() => await AssertRefusedAsync(
        "nothing.pem", "--postgres", Nowhere, "--cluster", "main",
        "--cluster-certificate", "nothing.pem", "--cluster-key", "nothing.pem", "--cluster-ca", "nothing.pem");

    [Fact]
    public async Task Authority_WithoutACertificateInIt_IsNamed()
    {
        var (certificate, key) = WriteCertificate();
        var empty = _folder.Write("empty.pem", "");

        await AssertRefusedAsync(
            "has no certificate in it", "--postgres", Nowhere, "--cluster", "main",
            "--cluster-certificate", certificate, "--cluster-key", key, "--cluster-ca", empty);
    }

    [Fact]
    public async Task Certificates_ThatAreRight_AreReadBeforeTheDatabaseIsLookedFor()
    {
        var (certificate, key) = WriteCertificate();

        await AssertRefusedAsync(
            "127.0.0.1:1", "--postgres", Nowhere, "--cluster", "main",
            "--cluster-certificate", certificate, "--cluster-key", key, "--cluster-ca", certificate);
    }

    private (string Certificate, string Key) WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return (_folder.Write("node.pem", certificate.ExportCertificatePem()), _folder.Write("node.key", key.ExportPkcs8PrivateKeyPem()));
    }

    private async Task AssertRefusedAsync(string expected, params string[] options)
    {
        var ended = await Executable.RunAsync(["serve", "--urls", "http://127.0.0.1:0", "--mqtt", "0", "--data", _folder.Path, .. options]);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(expected, ended.Messages, StringComparison.Ordinal);
    }
}
