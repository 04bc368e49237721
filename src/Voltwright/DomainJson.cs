using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Voltwright.Cards;
using Voltwright.Certificates;
using Voltwright.Gateway.Vendors;
using Voltwright.Health;
using Voltwright.Maintenance;
using Voltwright.Payments;
using Voltwright.Reservations;
using Voltwright.Sessions;
using Voltwright.SmartCharging;
using Voltwright.Stations;
using Voltwright.Support;
using Voltwright.Tariffs;

namespace Voltwright;

/// <summary>How the state of the charging domain is written: the shapes that the API shows.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Station))]
[JsonSerializable(typeof(Site))]
[JsonSerializable(typeof(Credential))]
[JsonSerializable(typeof(Candidate))]
[JsonSerializable(typeof(VendorRules))]
[JsonSerializable(typeof(ProfileBook))]
[JsonSerializable(typeof(HealthRecord))]
[JsonSerializable(typeof(HealthCursor))]
[JsonSerializable(typeof(FirmwareCampaign))]
[JsonSerializable(typeof(FirmwareStep))]
[JsonSerializable(typeof(FirmwareTurn))]
[JsonSerializable(typeof(CertificatePointer))]
[JsonSerializable(typeof(LogTransfer))]
[JsonSerializable(typeof(CardList))]
[JsonSerializable(typeof(Withdrawal))]
[JsonSerializable(typeof(Reservation))]
[JsonSerializable(typeof(Outcome<Reservation>))]
[JsonSerializable(typeof(StationCertificate))]
[JsonSerializable(typeof(AuthorityKey))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(Ticket))]
[JsonSerializable(typeof(Card))]
[JsonSerializable(typeof(Tariff))]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(Payment))]
[JsonSerializable(typeof(Hold))]
[JsonSerializable(typeof(NumberBlock))]
[JsonSerializable(typeof(Price))]
[JsonSerializable(typeof(PaymentSummary))]
[JsonSerializable(typeof(Outcome<Station>))]
[JsonSerializable(typeof(Outcome<Lease>))]
[JsonSerializable(typeof(Outcome<Ticket>))]
[JsonSerializable(typeof(Outcome<Card>))]
[JsonSerializable(typeof(Outcome<Account>))]
public sealed partial class DomainJson : JsonSerializerContext
{
    public static T Read<T>(ReadOnlyMemory<byte> utf8, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(utf8.Span, type) ?? throw new JsonException($"A {typeof(T).Name} was stored as null.");

    public static byte[] Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);
}
