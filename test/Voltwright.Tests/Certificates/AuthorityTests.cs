using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Voltwright.Certificates;
using Voltwright.Testing;

namespace Voltwright.Tests.Certificates;

public sealed class AuthorityTests : IDisposable
{
    private readonly TemporaryStore _store = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly StationKey _key = new();

    public void Dispose()
    {
        _key.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task Root_OfAnInstallation_IsTheSameForEveryProcess()
    {
        using var first = new OwnAuthority(_store.Store, _time);
        using var second = new OwnAuthority(_store.Store, _time);

        var roots = await Task.WhenAll(first.RootPemAsync(), second.RootPemAsync(), first.RootPemAsync());

        Assert.Single(roots.Distinct());
    }

    [Fact]
    public async Task Certificate_OfTheServer_NamesEveryHostAndCarriesItsKey()
    {
        using var authority = new OwnAuthority(_store.Store, _time);

        using var certificate = await authority.ForServerAsync(["csms.example", "127.0.0.1", "127.0.0.1"], CancellationToken.None);

        Assert.True(certificate.HasPrivateKey);
        Assert.True(certificate.MatchesHostname("csms.example"));
        Assert.True(certificate.MatchesHostname("127.0.0.1"));
        Assert.False(certificate.MatchesHostname("other.example"));
    }

    [Fact]
    public async Task Certificate_OfAStation_IsBelievedForAYear()
    {
        using var authority = new OwnAuthority(_store.Store, _time);
        var register = new CertificateRegister(_store.Store, authority, new CertificateOptions(), _time);
        var issued = (await register.IssueAsync(_key.RequestFor("CP1"), "CP1", "station")).Value!;
        using var certificate = _key.Complete(issued.Chain);

        Assert.Null(await register.ProblemAsync(certificate.RawData, "CP1"));
        _time.Advance(TimeSpan.FromDays(366));
        Assert.Contains("not believed", await register.ProblemAsync(certificate.RawData, "CP1"));
    }

    [Fact]
    public async Task Root_OfTheOperator_IsBelievedBesideOurs()
    {
        using var elsewhere = new TemporaryStore();
        using var theirs = new OwnAuthority(elsewhere.Store, _time);
        using var ours = new OwnAuthority(_store.Store, _time);
        using var certificate = _key.Complete((await theirs.SignAsync(_key.RequestFor("CP1"), "station", CancellationToken.None)).Value!);
        var strict = new CertificateRegister(_store.Store, ours, new CertificateOptions(), _time);
        var wide = new CertificateRegister(
            _store.Store, ours, new CertificateOptions { TrustedRoots = await theirs.RootsAsync(CancellationToken.None) }, _time);

        Assert.NotNull(await strict.ProblemAsync(certificate.RawData, "CP1"));
        Assert.Null(await wide.ProblemAsync(certificate.RawData, "CP1"));
    }

    [Fact]
    public async Task OutsideAuthority_ThatSigns_IsAskedByPem()
    {
        using var theirs = new OwnAuthority(_store.Store, _time);
        string? asked = null;
        using var http = new HttpClient(new Answering(async request =>
        {
            asked = await request.Content!.ReadAsStringAsync();
            return (HttpStatusCode.OK, (await theirs.SignAsync(asked, "station", CancellationToken.None)).Value!);
        }));
        var csr = _key.RequestFor("CP1");

        var signed = await new OutsideAuthority(new Uri("https://ca.example/sign"), http).SignAsync(csr, "station", CancellationToken.None);

        Assert.Equal(csr, asked);
        using var leaf = X509Certificate2.CreateFromPem(signed.Value!);
        Assert.Equal("CP1", CertificateRegister.CommonNameOf(leaf.SubjectName));
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "no", "refused with 403")]
    [InlineData(HttpStatusCode.OK, "no certificate", "no certificate")]
    public async Task OutsideAuthority_ThatDoesNotSign_IsARefusal(HttpStatusCode status, string body, string reason)
    {
        using var http = new HttpClient(new Answering(_ => Task.FromResult((status, body))));

        var signed = await new OutsideAuthority(new Uri("https://ca.example/sign"), http).SignAsync(_key.RequestFor("CP1"), "station", CancellationToken.None);

        Assert.Contains(reason, signed.Refusal!.Detail);
    }

    [Fact]
    public async Task OutsideAuthority_ThatIsAway_IsARefusal()
    {
        using var http = new HttpClient(new Answering(_ => throw new HttpRequestException("nobody there")));

        var signed = await new OutsideAuthority(new Uri("https://ca.example/sign"), http).SignAsync(_key.RequestFor("CP1"), "station", CancellationToken.None);

        Assert.Contains("cannot be reached", signed.Refusal!.Detail);
    }

    private sealed class Answering(Func<HttpRequestMessage, Task<(HttpStatusCode Status, string Body)>> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var (status, body) = await answer(request);
            return new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.ASCII, "application/x-pem-file") };
        }
    }
}
