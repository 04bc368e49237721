using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Voltwright.Certificates;
using Voltwright.Gateway;
using Voltwright.Jq;
using Voltwright.Stations;
using Voltwright.Testing;

namespace Voltwright.Tests.Stations;

[Collection(DomainCollection.Name)]
public sealed class StationSecurityTests(DomainHost host)
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Profile0_ThatAnOperatorAllowed_NeedsNoSecret_ButAWrongOneIsRefused()
    {
        var station = await host.StationAsync(connected: false);
        await station.Grain.Change(new StationChange(null, null, null, 0), null);

        Assert.True(await AdmitsAsync(station, new("ocpp1.6", "::1")));
        Assert.True(await AdmitsAsync(station, new("ocpp1.6", "::1", "secret")));
        Assert.False(await AdmitsAsync(station, new("ocpp1.6", "::1", "wrong")));
    }

    [Fact]
    public async Task Profile2_WithoutTls_IsRefused()
    {
        var station = await host.StationAsync(connected: false);
        await station.Grain.Change(new StationChange(null, null, null, 2), null);

        Assert.False(await AdmitsAsync(station, new("ocpp1.6", "::1", "secret")));
        Assert.True(await AdmitsAsync(station, new("ocpp1.6", "::1", "secret", Encrypted: true)));
        Assert.False(await AdmitsAsync(station, new("ocpp1.6", "::1", null, Encrypted: true)));
    }

    [Theory]
    [InlineData(4, "ocpp1.6")]
    [InlineData(-1, "ocpp1.6")]
    [InlineData(3, "mqtt")]
    public void Profile_ThatThereIsNot_IsRefused(int profile, string protocol) => Assert.Equal(
        RefusalKind.Invalid, Station.Register(new StationRegistration("CP1", protocol, 1, "s", null, profile), Now).Refusal!.Kind);

    [Fact]
    public async Task NewSecret_UntilTheStationUsesIt_LeavesTheOldOneGood()
    {
        var station = await host.StationAsync();
        string? told = null;
        station.React = (command, _) =>
        {
            told = (command as StationCommand.ChangeSecret)?.Secret;
            return Task.FromResult(FakeStation.Done);
        };

        Assert.NotNull((await host.Get<StationSecurity>().RotateSecretAsync(station.StationId, CancellationToken.None)).Value);

        Assert.Equal(40, told!.Length);
        Assert.True(await AdmitsAsync(station, new("ocpp1.6", "::1", "secret")));
        Assert.True(await AdmitsAsync(station, new("ocpp1.6", "::1", told)));
        Assert.False(await AdmitsAsync(station, new("ocpp1.6", "::1", "secret")));
        Assert.True(await AdmitsAsync(station, new("ocpp1.6", "::1", told)));
    }

    [Fact]
    public async Task NewSecret_ThatTheStationRefuses_IsWithdrawn()
    {
        var station = await host.StationAsync();
        string? told = null;
        station.React = (command, _) =>
        {
            told = (command as StationCommand.ChangeSecret)?.Secret;
            return Task.FromResult<CommandOutcome>(new CommandOutcome.Rejected("no"));
        };

        var rotated = await host.Get<StationSecurity>().RotateSecretAsync(station.StationId, CancellationToken.None);

        Assert.Equal(RefusalKind.StationRefused, rotated.Refusal!.Kind);
        Assert.False(await AdmitsAsync(station, new("ocpp1.6", "::1", told)));
        Assert.True(await AdmitsAsync(station, new("ocpp1.6", "::1", "secret")));
    }

    [Fact]
    public async Task Station_WithNewFirmware_MaySpeakANewerVersionOfItsProtocol()
    {
        var station = await host.StationAsync(connected: false);

        Assert.True(await AdmitsAsync(station, new("ocpp2.0.1", "::1", "secret")));
        await station.Grain.Connected("link", "ocpp2.0.1");

        Assert.Equal("ocpp2.0.1", (await station.Grain.Get())!.Protocol);
    }

    [Fact]
    public async Task Certificate_OfTheStationItself_OpensTheDoorUntilItIsRevoked()
    {
        using var key = new StationKey();
        var station = await host.StationAsync();
        await station.Grain.Change(new StationChange(null, null, null, 3), null);
        var delivered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        station.React = (command, _) =>
        {
            if (command is StationCommand.DeliverCertificate c)
                delivered.TrySetResult(c.Chain);
            return Task.FromResult(FakeStation.Done);
        };

        Assert.True((await station.Grain.CertificateRequested(key.RequestFor(station.StationId), "station", null)).Accepted);
        var chain = await delivered.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
        using var certificate = key.Complete(chain);
        var shown = new Introduction("ocpp1.6", "::1", null, true, certificate.RawData);

        Assert.True(await AdmitsAsync(station, shown));
        Assert.False(await AdmitsAsync(station, shown with { Encrypted = false }));
        Assert.False(await AdmitsAsync(station, shown with { Certificate = null, Secret = "secret" }));
        var other = await host.StationAsync(connected: false);
        await other.Grain.Change(new StationChange(null, null, null, 3), null);
        Assert.False(await AdmitsAsync(other, shown));

        await host.Get<StationSecurity>().RevokeAsync(certificate.SerialNumber, CancellationToken.None);
        Assert.False(await AdmitsAsync(station, shown));
        Assert.Contains(await host.Get<CertificateRegister>().RevokedAsync(CancellationToken.None), c => c.Serial == certificate.SerialNumber);
    }

    [Fact]
    public async Task Certificate_ThatNobodyStandsFor_IsRefused()
    {
        using var key = new StationKey();
        var station = await host.StationAsync(connected: false);
        await station.Grain.Change(new StationChange(null, null, null, 3), null);
        using var own = key.SelfSigned(station.StationId, Now);

        var admission = await station.Grain.Authenticate(new("ocpp1.6", "::1", null, true, own.RawData));
        Assert.False(admission.Admitted);
        Assert.Contains("not believed", admission.Reason);
        Assert.False(await AdmitsAsync(station, new("ocpp1.6", "::1", null, true, [1, 2, 3])));
    }

    [Fact]
    public async Task Request_ForAnotherName_OrWithAWeakKey_IsNotSigned()
    {
        using var key = new StationKey();
        using var weak = RSA.Create(1024);
        var station = await host.StationAsync(connected: false);
        var weakRequest = new CertificateRequest($"CN={station.StationId}", weak, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSigningRequestPem();

        Assert.Contains("common name", (await station.Grain.CertificateRequested(key.RequestFor("OTHER"), "station", null)).Problem);
        Assert.Contains("too weak", (await station.Grain.CertificateRequested(weakRequest, "station", null)).Problem);
        Assert.Contains("PKCS #10", (await station.Grain.CertificateRequested("rubbish", "station", null)).Problem);
        Assert.Contains("use must be", (await station.Grain.CertificateRequested(key.RequestFor(station.StationId), "other", null)).Problem);
    }

    [Fact]
    public async Task Certificate_TwoThirdsOfWhoseLifeAreOver_IsAskedForAnew()
    {
        using var key = new StationKey();
        var station = await host.StationAsync();
        await station.Grain.CertificateRequested(key.RequestFor(station.StationId), "station", null);
        var register = host.Get<CertificateRegister>();
        var issued = (await host.Store.ListAsync("certificate", [("stationId", station.StationId)], 1)).Items[0];
        var serial = JsonValue.Parse(issued.Body.Span)["serial"].AsString();
        await register.DeliveredAsync(serial, null, CancellationToken.None);
        station.Commands.Clear();

        var renewal = host.Get<IEnumerable<Voltwright.Storage.ITimerTarget>>().Single(t => t.Kind == "certificate");
        await renewal.TimerDue($"certificate/{serial}", "renewal", CancellationToken.None);

        Assert.Contains(station.Commands, c => c is StationCommand.Trigger { Message: StationCommand.Trigger.CertificateRequest });
        Assert.Contains(await host.Store.ReadTimersAsync(), t => t.Stream == $"certificate/{serial}" && t.DueAt > Now);
    }

    [Fact]
    public async Task List_OfTheRevoked_IsSignedByTheRoot()
    {
        var authority = host.Get<OwnAuthority>();
        var der = await authority.RevocationListAsync([("0A1B", Now)], CancellationToken.None);

        var list = CertificateRevocationListBuilder.Load(der, out var number);
        Assert.True(number > 0);
        Assert.True(list.RemoveEntry([0x0A, 0x1B]));
        Assert.Contains("BEGIN CERTIFICATE", await authority.RootPemAsync());
    }

    private static async Task<bool> AdmitsAsync(FakeStation station, Introduction shown) => (await station.Grain.Authenticate(shown)).Admitted;
}
