using System.Text.Json.Serialization;
using Voltwright.Jq;
using Voltwright.Storage;

namespace Voltwright.Gateway.Vendors;

/// <summary>Understands what one vendor added to OCPP. Register it as a service; it goes before what the operator wrote down.</summary>
public interface IVendorExtension
{
    string VendorId { get; }

    /// <param name="messageId">Null when the vendor has one message only.</param>
    /// <param name="data">A string in 1.6, whose content may be JSON; any value in 2.x.</param>
    Task<VendorAnswer> AnswerAsync(string stationId, string? messageId, JsonValue data, CancellationToken cancellation);
}

/// <param name="Data">What goes back to the station; null sends none.</param>
[GenerateSerializer, Immutable]
public sealed record VendorAnswer(VendorStatus Status, JsonValue Data);

[GenerateSerializer, JsonConverter(typeof(KebabCase<VendorStatus>))]
public enum VendorStatus
{
    Accepted,
    Rejected,
    UnknownMessage,
    UnknownVendor,
}

/// <summary>What an operator wrote down of a vendor: <c>vendor/{vendorId}</c>.</summary>
/// <param name="Messages">How each of its messages is answered; an empty name is for messages without one.</param>
public sealed record VendorRules(string VendorId, IReadOnlyDictionary<string, VendorRule> Messages);

/// <param name="Data">Sent back as it is.</param>
public sealed record VendorRule(bool Accepted = true, string? Data = null);

/// <summary>Who answers what vendors added: an extension in code, else what the operator wrote down. Every such message is an event too.</summary>
public sealed class VendorTable(IEnumerable<IVendorExtension> extensions, IStore store)
{
    private readonly Dictionary<string, IVendorExtension> _extensions = extensions.ToDictionary(e => e.VendorId, StringComparer.Ordinal);

    public async Task<VendorAnswer> AnswerAsync(
        string stationId, string vendorId, string? messageId, JsonValue data, CancellationToken cancellation = default)
    {
        if (_extensions.TryGetValue(vendorId, out var extension))
            return await extension.AnswerAsync(stationId, messageId, data, cancellation);
        if (await FindAsync(vendorId, cancellation) is not { } rules)
            return new(vendorId == Ocpp.VendorExtension.VendorId ? VendorStatus.UnknownMessage : VendorStatus.UnknownVendor, JsonValue.Null);
        return rules.Messages.TryGetValue(messageId ?? "", out var rule)
            ? new(rule.Accepted ? VendorStatus.Accepted : VendorStatus.Rejected, rule.Data is { } text ? text : JsonValue.Null)
            : new(VendorStatus.UnknownMessage, JsonValue.Null);
    }

    public async ValueTask<VendorRules?> FindAsync(string vendorId, CancellationToken cancellation) =>
        await store.LoadAsync(StreamOf(vendorId), cancellation) is { } stored ? DomainJson.Read(stored.Body, DomainJson.Default.VendorRules) : null;

    public async Task PutAsync(VendorRules rules, CancellationToken cancellation) =>
        await WriteAsync(rules.VendorId, DomainJson.Write(rules, DomainJson.Default.VendorRules), cancellation);

    public Task RemoveAsync(string vendorId, CancellationToken cancellation) => WriteAsync(vendorId, null, cancellation);

    private async Task WriteAsync(string vendorId, byte[]? state, CancellationToken cancellation)
    {
        while (true)
        {
            var stored = await store.LoadAsync(StreamOf(vendorId), cancellation);
            if (stored is null && state is null)
                return;
            try
            {
                var body = state is null ? default(ReadOnlyMemory<byte>?) : state;
                await store.CommitAsync(new Commit { Writes = [new(StreamOf(vendorId), stored?.Version ?? 0, body)] }, cancellation);
                return;
            }
            catch (StaleVersionException)
            {
                // Somebody else changed it meanwhile: the last word wins.
            }
        }
    }

    private static string StreamOf(string vendorId) => $"vendor/{vendorId}";
}
