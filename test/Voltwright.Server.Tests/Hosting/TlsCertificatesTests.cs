using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Voltwright.Server.Hosting;
using Voltwright.Testing;
using static System.Net.Security.TlsCipherSuite;

namespace Voltwright.Server.Tests.Hosting;

public sealed class TlsCertificatesTests : IDisposable
{
    private static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow().AddDays(-1);

    private readonly TemporaryFolder _folder = new();
    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _between;

    public TlsCertificatesTests()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _root = Request("root", key => new CertificateRequest(key, rootKey, HashAlgorithmName.SHA256), true).CreateSelfSigned(From, From.AddDays(9));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = Request("between", name => new CertificateRequest(name, key, HashAlgorithmName.SHA256), true)
            .Create(_root, From, From.AddDays(8), [2]);
        _between = signed.CopyWithPrivateKey(key);
    }

    [Fact]
    public async Task Client_WithSuitesOfOneKey_IsShownTheCertificateOfThatKey()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only there does .NET let us choose cipher suites.");
        await using var server = await RunningServer.StartAsync(o => o with
        {
            Urls = "https://127.0.0.1:0", CertificatePassword = "password", ServerCertificates = [RsaFile(), EllipticCurveFile()],
        });

        // The first four are what OCPP 2.0.1 asks of every server (A00.FR.318).
        foreach (var (suite, key) in new (TlsCipherSuite? Suite, string Key)[]
        {
            (TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "ECC"),
            (TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, "ECC"),
            (TLS_RSA_WITH_AES_128_GCM_SHA256, "RSA"),
            (TLS_RSA_WITH_AES_256_GCM_SHA384, "RSA"),
            (TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, "RSA"),
            (TLS_AES_256_GCM_SHA384, "ECC"),
            (null, "ECC"),
        })
        {
            await using var tls = await ShakeHandsAsync(server.Address.Port, suite);
            Assert.Equal((suite ?? tls.NegotiatedCipherSuite, key), (tls.NegotiatedCipherSuite, KeyOf(tls)));
        }
    }

    [Fact]
    public async Task TwoCertificates_WithTheSameKindOfKey_AreRefused()
    {
        var problem = await Assert.ThrowsAsync<StartupException>(() => RunningServer.StartAsync(o => o with
        {
            Urls = "https://127.0.0.1:0", CertificatePassword = "password", ServerCertificates = [RsaFile(), RsaFile()],
        }));

        Assert.Equal(StartupProblem.CertificateUnusable, problem.Problem);
        Assert.Contains("same kind of key", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_WhoseFilesChanged_IsShownWithoutARestart()
    {
        var file = EllipticCurveFile();
        await using var server = await RunningServer.StartAsync(o => o with
        {
            Urls = "https://127.0.0.1:0", CertificatePassword = "password", ServerCertificates = [file],
        });
        var certificates = server.App.Services.GetRequiredService<TlsCertificates>();
        var first = await SerialAsync();

        var whole = await File.ReadAllTextAsync(file.Path);
        await File.WriteAllTextAsync(file.Path, whole[..200]);
        await certificates.LookAgainAsync(CancellationToken.None);
        Assert.Equal(first, await SerialAsync());

        EllipticCurveFile(serial: 9);
        await certificates.LookAgainAsync(CancellationToken.None);
        Assert.Equal("09", await SerialAsync());

        async Task<string> SerialAsync()
        {
            await using var tls = await ShakeHandsAsync(server.Address.Port, null);
            return ((X509Certificate2)tls.RemoteCertificate!).SerialNumber;
        }
    }

    [Fact]
    public async Task ClientHello_CutAnywhere_IsNoHarm()
    {
        using var sent = new MemoryStream();
        await using var client = new SslStream(sent);
        await Assert.ThrowsAnyAsync<Exception>(() => client.AuthenticateAsClientAsync("localhost"));
        var hello = sent.ToArray();

        Assert.All(Enumerable.Range(0, hello.Length), length => ClientHello.Read(new ReadOnlySequence<byte>(hello, 0, length)));
        Assert.Equal(new ClientHello(true, true), ClientHello.Read(new ReadOnlySequence<byte>(hello)));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _root.Dispose();
        _between.Dispose();
    }

    /// <summary>A client that knows the root only: what lies between has to come from the server.</summary>
    private async Task<SslStream> ShakeHandsAsync(int port, TlsCipherSuite? only)
    {
        var socket = new TcpClient("127.0.0.1", port);
        var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            CipherSuitesPolicy = only is { } suite && OperatingSystem.IsLinux() ? new CipherSuitesPolicy([suite]) : null,
            RemoteCertificateValidationCallback = TlsTrust.In([_root]),
        });
        return tls;
    }

    private static string? KeyOf(SslStream tls) => ((X509Certificate2)tls.RemoteCertificate!).PublicKey.Oid.FriendlyName;

    private CertificateFile EllipticCurveFile(byte serial = 3)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var leaf = Request("localhost", name => new CertificateRequest(name, key, HashAlgorithmName.SHA256)).Create(_between, From, From.AddDays(7), [serial]);
        var encrypted = key.ExportEncryptedPkcs8PrivateKeyPem("password", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1));
        return new(
            _folder.Write("ec.pem", leaf.ExportCertificatePem() + "\n" + _between.ExportCertificatePem()), _folder.Write("ec.key", encrypted));
    }

    private CertificateFile RsaFile()
    {
        using var key = RSA.Create(2048);
        using var leaf = Request("localhost", name => new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
            .Create(_between.SubjectName, X509SignatureGenerator.CreateForECDsa(_between.GetECDsaPrivateKey()!), From, From.AddDays(7), [4]);
        using var whole = leaf.CopyWithPrivateKey(key);
        using var between = X509CertificateLoader.LoadCertificate(_between.RawDataMemory.Span);
        var path = Path.Combine(_folder.Path, "rsa.p12");
        File.WriteAllBytes(path, new X509Certificate2Collection { between, whole }.Export(X509ContentType.Pkcs12, "password")!);
        return new(path);
    }

    private static CertificateRequest Request(string name, Func<X500DistinguishedName, CertificateRequest> create, bool authority = false)
    {
        var request = create(new X500DistinguishedName($"CN={name}"));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }
}
