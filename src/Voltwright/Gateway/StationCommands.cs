using System.Text.Json;
using Voltwright.Gateway.Mqtt;
using Voltwright.Gateway.Ocpp;
using Voltwright.Jq;
using Voltwright.Ocpp;
using Voltwright.Ocpp.Payloads;

namespace Voltwright.Gateway;

/// <summary>Something that a station can be asked in its own protocol.</summary>
/// <param name="Payload">To begin with: what is required.</param>
/// <param name="More">The fields that the payload may have besides.</param>
public sealed record KnownCommand(string Action, JsonValue Payload, IReadOnlyList<string> More);

/// <summary>Which commands a protocol has for stations.</summary>
public static class StationCommands
{
    /// <param name="protocol"><c>ocpp1.6</c>, <c>ocpp2.0.1</c>, <c>ocpp2.1</c> or <c>mqtt</c>.</param>
    /// <param name="now">What stands where a payload has a time.</param>
    /// <returns>By name; none for a protocol that is not spoken here.</returns>
    public static IReadOnlyList<KnownCommand> Of(string protocol, DateTimeOffset now) =>
        protocol == "mqtt" ? [.. MqttCommand.Samples.OrderBy(s => s.Type, StringComparer.Ordinal).Select(s => new KnownCommand(s.Type, s.Data, []))]
        : OcppEdition.Choose([protocol]) is { Protocol: var spoken } ? [.. spoken.Messages.Where(m => m.Sender != Sender.Station)
            .OrderBy(m => m.Action, StringComparer.Ordinal).Select(m => Of(m, now))]
        : [];

    private static KnownCommand Of(OcppMessage message, DateTimeOffset now)
    {
        var sample = JsonValue.Parse(PayloadSample.Of(message.Request, now).GetRawText());
        return new(message.Action, sample, [.. message.Request.Fields.Where(f => !f.IsRequired).Select(f => f.Name)]);
    }
}
