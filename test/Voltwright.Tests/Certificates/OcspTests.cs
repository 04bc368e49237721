using System.Formats.Asn1;
using System.Net;
using System.Net.Sockets;
using Voltwright.Automation;
using Voltwright.Certificates;

namespace Voltwright.Tests.Certificates;

public sealed class OcspTests
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    // As `openssl ocsp -sha256 -serial 0x1A2B -no_nonce -reqout` writes it.
    private const string NameHash = "f9597d8c1ed3b7cecb5525f7a5925ae929c24e43508ce3c7143460a7400a1d8d";
    private const string KeyHash = "e7ee0d7b94b14903bed46de636bbb4748b9edad58ddb02381303b3c712d06dcf";
    private const string Question =
        $"305f305d305b30593057300d060960864801650304020105000420{NameHash}0420{KeyHash}02021a2b";

    [Fact]
    public void Question_AboutACertificate_IsWhatOthersWrite()
    {
        Assert.Equal(Question, Convert.ToHexStringLower(OcspMessage.Ask(new("SHA256", NameHash, KeyHash, "1A2B"))));
        var inBase64 = new CertificateHash(
            "SHA256", Convert.ToBase64String(Convert.FromHexString(NameHash)), Convert.ToBase64String(Convert.FromHexString(KeyHash)), "1a2b");
        Assert.Equal(Question, Convert.ToHexStringLower(OcspMessage.Ask(inBase64)));
        Assert.Throws<FormatException>(() => OcspMessage.Ask(new("SHA256", "?", KeyHash, "1A2B")));
    }

    [Theory]
    [InlineData(0, "Good", true)]
    [InlineData(1, "Revoked", false)]
    [InlineData(2, "Unknown", false)]
    public void Answer_OfAResponder_IsRead(int tag, string status, bool withNext)
    {
        var answer = OcspMessage.Read(AnswerOf(tag, withNext))!;
        Assert.Equal((status, withNext ? Noon.AddDays(1) : null), (answer.Status.ToString(), answer.NextUpdate));
    }

    [Theory]
    [InlineData("")]
    [InlineData("30030a0101")]
    [InlineData("3082ffff")]
    public void Answer_ThatIsNone_IsNoAnswer(string hex) => Assert.Null(OcspMessage.Read(Convert.FromHexString(hex)));

    [Fact]
    public async Task Responder_InAPrivateNetwork_IsAskedOnlyWhereTheOperatorAllows()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var authority = $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        var about = new CertificateHash("SHA256", NameHash, KeyHash, "1A2B");
        using var guarded = new OcspClient(new HttpRoutes());
        Assert.Null(await guarded.AskAsync(about, $"http://{authority}/", CancellationToken.None));
        Assert.Null(await guarded.AskAsync(about, "ldap://ca.example/", CancellationToken.None));
        Assert.False(listener.Pending());

        using var allowed = new OcspClient(new HttpRoutes(allow: [authority]));
        var asked = allowed.AskAsync(about, $"http://{authority}/", CancellationToken.None);
        using var caller = await listener.AcceptTcpClientAsync();
        var stream = caller.GetStream();
        var request = new byte[4096];
        var length = 0;
        while (!Convert.ToHexStringLower(request.AsSpan(0, length)).EndsWith(Question, StringComparison.Ordinal))
            length += await stream.ReadAsync(request.AsMemory(length));
        var body = AnswerOf(1, withNext: false);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n"));
        await stream.WriteAsync(body);
        Assert.Equal(Revocation.Revoked, (await asked)!.Status);
    }

    private static byte[] AnswerOf(int status, bool withNext)
    {
        var basic = new AsnWriter(AsnEncodingRules.DER);
        using (basic.PushSequence())
        {
            using (basic.PushSequence())
            {
                using (basic.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
                    basic.PushSequence().Dispose();
                basic.WriteGeneralizedTime(Noon);
                using (basic.PushSequence())
                using (basic.PushSequence())
                {
                    basic.PushSequence().Dispose();
                    var tag = new Asn1Tag(TagClass.ContextSpecific, status, isConstructed: status == 1);
                    if (status == 1)
                    {
                        using (basic.PushSequence(tag))
                            basic.WriteGeneralizedTime(Noon);
                    }
                    else
                        basic.WriteNull(tag);
                    basic.WriteGeneralizedTime(Noon);
                    if (withNext)
                    {
                        using (basic.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                            basic.WriteGeneralizedTime(Noon.AddDays(1));
                    }
                }
            }
        }

        var whole = new AsnWriter(AsnEncodingRules.DER);
        using (whole.PushSequence())
        {
            whole.WriteEncodedValue([0x0a, 0x01, 0x00]);
            using (whole.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            using (whole.PushSequence())
            {
                whole.WriteObjectIdentifier("1.3.6.1.5.5.7.48.1.1");
                whole.WriteOctetString(basic.Encode());
            }
        }

        return whole.Encode();
    }
}
