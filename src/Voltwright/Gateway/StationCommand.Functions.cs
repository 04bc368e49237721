using Voltwright.Cards;
using Voltwright.Certificates;
using Voltwright.Maintenance;
using Voltwright.SmartCharging;

namespace Voltwright.Gateway;

public abstract partial record StationCommand
{
    // Security

    /// <param name="Secret">What it authenticates with from its next connection on.</param>
    [GenerateSerializer, Immutable]
    public sealed record ChangeSecret(string Secret) : StationCommand;

    /// <param name="Chain">PEM, leaf first.</param>
    /// <param name="Use"><c>station</c> or <c>v2g</c>.</param>
    /// <param name="RequestId">What the station called its request by, if it did.</param>
    [GenerateSerializer, Immutable]
    public sealed record DeliverCertificate(string Chain, string Use = StationCertificate.OfStation, int? RequestId = null) : StationCommand;

    /// <param name="Use"><c>management-system</c>, <c>manufacturer</c>, <c>v2g</c> or <c>mobility-operator</c>: whose root it is.</param>
    [GenerateSerializer, Immutable]
    public sealed record InstallCertificate(string Use, string Pem) : StationCommand;

    [GenerateSerializer, Immutable]
    public sealed record DeleteCertificate(CertificateHash Hash) : StationCommand;

    /// <summary>Answered with <c>{"certificates": [{"use"?, "hashAlgorithm", "issuerNameHash", "issuerKeyHash", "serialNumber"}]}</c>.</summary>
    /// <param name="Use">Null where the version can tell of all at once.</param>
    [GenerateSerializer, Immutable]
    public sealed record ListCertificates(string? Use) : StationCommand;

    // Smart charging

    /// <param name="Slot">Null means the whole station, or all of its slots for a default.</param>
    /// <param name="TransactionId">Of the session that the profile is for.</param>
    [GenerateSerializer, Immutable]
    public sealed record SetProfile(int? Slot, ChargingProfile Profile, string? TransactionId) : StationCommand;

    [GenerateSerializer, Immutable]
    public sealed record ClearProfile(int ProfileId) : StationCommand;

    /// <summary>Answered with <c>{"unit", "from", "periods": [{"startSeconds", "limit", "phases"}]}</c>.</summary>
    [GenerateSerializer, Immutable]
    public sealed record ReadCompositeSchedule(int? Slot, TimeSpan Duration, PowerUnit Unit) : StationCommand;

    // Cards

    [GenerateSerializer, Immutable]
    public sealed record SendCardList(int Version, bool Full, IReadOnlyList<ListedCard> Cards) : StationCommand;

    /// <summary>Answered with <c>{"version": …}</c>: 0 is an empty list, -1 a station that keeps none.</summary>
    [GenerateSerializer, Immutable]
    public sealed record ReadListVersion : StationCommand;

    [GenerateSerializer, Immutable]
    public sealed record ClearCache : StationCommand;

    // Configuration and maintenance

    /// <summary>
    /// Answered with <c>{"variables": [{"name", "value"?, "readOnly"}], "unknown": […]}</c>. A name is a configuration key in 1.6 and
    /// <c>Component.Variable</c> in 2.x.
    /// </summary>
    /// <param name="Names">Empty reads all there are.</param>
    [GenerateSerializer, Immutable]
    public sealed record ReadVariables(IReadOnlyList<string> Names) : StationCommand;

    /// <summary>Answered with <c>{"rebootRequired": …}</c>.</summary>
    [GenerateSerializer, Immutable]
    public sealed record WriteVariable(string Name, string Value) : StationCommand;

    /// <summary>What a vendor added to the protocol. Answered with <c>{"status", "data"?}</c>.</summary>
    [GenerateSerializer, Immutable]
    public sealed record SendData(string VendorId, string? MessageId, Voltwright.Jq.JsonValue Data) : StationCommand;

    /// <param name="RequestId">What the station calls the update by.</param>
    [GenerateSerializer, Immutable]
    public sealed record UpdateFirmware(int RequestId, FirmwareCampaign Campaign) : StationCommand;

    /// <summary>Answered with <c>{"fileName"?}</c>: what the station is going to upload.</summary>
    /// <param name="Kind"><c>diagnostics</c> or <c>security</c>.</param>
    [GenerateSerializer, Immutable]
    public sealed record FetchLog(int RequestId, string Kind, Uri UploadTo, DateTimeOffset? From, DateTimeOffset? To) : StationCommand;

    /// <param name="Message">As in <see cref="Messages"/>.</param>
    [GenerateSerializer, Immutable]
    public sealed record Trigger(string Message, int? Slot) : StationCommand
    {
        public const string CertificateRequest = "certificate-request";
        public const string V2gCertificateRequest = "v2g-certificate-request";

        /// <summary>What a station can be asked to say, in words that all versions share.</summary>
        public static IReadOnlyList<string> Messages { get; } =
            ["boot", "heartbeat", "status", "meter-values", "firmware-status", "log-status", CertificateRequest, V2gCertificateRequest];
    }
}
