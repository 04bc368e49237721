using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21;
using Voltwright.Ocpp.V21.Types;
using Voltwright.Simulator.Ocpp2;

namespace Voltwright.Simulator.Tests.Ocpp2;

/// <summary>What a 2.x station keeps: tokens, profiles, messages, tariffs, certificates.</summary>
public class StoreTests
{
    static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void TokenList_UpdatedOutOfOrder_KeepsItsVersion()
    {
        var list = new TokenList();

        Assert.Equal(SendLocalListStatus.Accepted, list.Update(Tokens(5, UpdateType.Full, ("A", AuthorizationStatus.Accepted))));
        Assert.Equal(SendLocalListStatus.VersionMismatch, list.Update(Tokens(5, UpdateType.Differential, ("A", null))));
        Assert.Equal(SendLocalListStatus.Accepted, list.Update(Tokens(6, UpdateType.Differential, ("B", AuthorizationStatus.Blocked))));

        Assert.Equal((6, true, false), (list.Version, list.Allows("a"), list.Allows("B")));
    }

    [Fact]
    public void Profiles_OfSeveralPurposes_LimitToTheLowest()
    {
        var store = new ProfileStore();
        store.Set(0, Profile(1, ChargingProfilePurpose.ChargingStationMaxProfile, 0, 20_000));
        store.Set(1, Profile(2, ChargingProfilePurpose.TxDefaultProfile, 0, 5_000));
        store.Set(1, Profile(3, ChargingProfilePurpose.TxProfile, 0, 9_000));
        store.Set(1, Profile(4, ChargingProfilePurpose.TxProfile, 1, 11_000));

        Assert.Equal((11_000, 20_000), (store.LimitW(1, Noon, Noon), store.LimitW(2, Noon, Noon)));
        Assert.Equal(
            [(0, 11_000m)],
            store.Compose(1, Noon, Noon, 600, ChargingRateUnit.W).ChargingSchedulePeriod.Select(p => (p.StartPeriod, p.Limit!.Value)));
        Assert.True(store.Clear((_, profile) => profile.Id == 4));
        Assert.Equal(9_000, store.LimitW(1, Noon, Noon));
        Assert.Equal([1, 2, 3], store.Find((_, _) => true).Select(entry => entry.Profile.Id));
    }

    [Fact]
    public void Displays_AskedForByPriority_FindWhatFits()
    {
        var displays = new Displays();
        var message = new MessageInfo
        {
            Id = 1,
            Priority = MessagePriority.AlwaysFront,
            Message = new MessageContent { Format = MessageFormat.UTF8, Content = "Hello" },
        };

        Assert.Equal(DisplayMessageStatus.Accepted, displays.Set(message, false));
        Assert.Equal(DisplayMessageStatus.UnknownTransaction, displays.Set(message with { TransactionId = "T" }, false));
        Assert.Single(displays.Find(new GetDisplayMessagesRequest { RequestId = 1, Priority = MessagePriority.AlwaysFront }));
        Assert.Empty(displays.Find(new GetDisplayMessagesRequest { RequestId = 1, Priority = MessagePriority.InFront }));
        Assert.Equal((ClearMessageStatus.Accepted, ClearMessageStatus.Unknown), (displays.Clear(1), displays.Clear(1)));
    }

    [Fact]
    public void Tariffs_ClearedByTheirId_AreGone()
    {
        var tariffs = new TariffStore();
        Assert.Equal(TariffClearStatus.NoTariff, Assert.Single(tariffs.Clear(new ClearTariffsRequest())).Status);
        tariffs.SetDefault(0, new Tariff { TariffId = "day", Currency = "EUR" });
        tariffs.SetDefault(1, new Tariff { TariffId = "night", Currency = "EUR" });

        Assert.Equal(["day", "night"], tariffs.Find(1).Select(found => found.TariffId));
        Assert.Equal(["day"], tariffs.Find(2).Select(found => found.TariffId));
        var cleared = tariffs.Clear(new ClearTariffsRequest { TariffIds = ["day", "none"] });

        Assert.Equal([TariffClearStatus.Accepted, TariffClearStatus.NoTariff], cleared.Select(result => result.Status));
        Assert.Equal(["night"], tariffs.Find(0).Select(found => found.TariffId));
    }

    [Fact]
    public void Keyring_OfferedCertificates_TakesTheOneOfItsKey()
    {
        using var keyring = new Keyring();
        using var authority = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = new CertificateRequest("CN=Root", authority, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = root.CreateSelfSigned(Noon.AddDays(-1), Noon.AddYears(1));
        var asked = CertificateRequest.LoadSigningRequestPem(keyring.Request("CP1"), HashAlgorithmName.SHA256);
        using var signed = asked.Create(certificate, Noon, Noon.AddDays(30), [1, 2, 3]);

        Assert.True(keyring.Take(signed.ExportCertificatePem()));
        Assert.False(keyring.Take(certificate.ExportCertificatePem()));
        Assert.False(keyring.Take("no certificate"));
    }

    [Fact]
    public void Keyring_OfRoots_ListsAndDeletesThemByTheirHashes()
    {
        using var keyring = new Keyring();
        using var authority = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = new CertificateRequest("CN=Root", authority, HashAlgorithmName.SHA256).CreateSelfSigned(Noon, Noon.AddYears(1));
        var install = new InstallCertificateRequest
        {
            CertificateType = InstallCertificateUse.CSMSRootCertificate,
            Certificate = root.ExportCertificatePem(),
        };

        Assert.Equal(InstallCertificateStatus.Accepted, keyring.Install(install));
        Assert.Equal(InstallCertificateStatus.Rejected, keyring.Install(install with { Certificate = "no certificate" }));
        var hash = Assert.Single(keyring.Find([GetCertificateIdUse.CSMSRootCertificate])).CertificateHashData;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(root.IssuerName.RawData)), hash.IssuerNameHash);
        Assert.Empty(keyring.Find([GetCertificateIdUse.V2GRootCertificate]));

        Assert.Equal((DeleteCertificateStatus.Accepted, DeleteCertificateStatus.NotFound), (keyring.Delete(hash), keyring.Delete(hash)));
    }

    static SendLocalListRequest Tokens(int version, UpdateType type, params (string Id, AuthorizationStatus? Status)[] entries) => new()
    {
        VersionNumber = version,
        UpdateType = type,
        LocalAuthorizationList =
        [
            .. entries.Select(entry => new AuthorizationData
            {
                IdToken = Ocpp2Station.Token(entry.Id),
                IdTokenInfo = entry.Status is { } status ? new IdTokenInfo { Status = status } : null,
            }),
        ],
    };

    static ChargingProfile Profile(int id, ChargingProfilePurpose purpose, int level, decimal limitW) => new()
    {
        Id = id,
        StackLevel = level,
        ChargingProfilePurpose = purpose,
        ChargingProfileKind = ChargingProfileKind.Relative,
        ChargingSchedule =
        [
            new ChargingSchedule
            {
                Id = id,
                ChargingRateUnit = ChargingRateUnit.W,
                ChargingSchedulePeriod = [new ChargingSchedulePeriod { StartPeriod = 0, Limit = limitW }],
            },
        ],
    };
}
