using Voltwright.Jq;
using Voltwright.Ocpp.V16;

namespace Voltwright.Gateway.Ocpp.V16;

/// <summary>Variables are configuration keys in 1.6; what a vendor added travels as text.</summary>
internal static class ConfigurationCommands
{
    public static Task<CommandOutcome> ReadAsync(this OcppStationLink link, StationCommand.ReadVariables command, CancellationToken cancellation) =>
        link.CallAsync(
            new GetConfigurationRequest { Key = command.Names.Count == 0 ? null : command.Names },
            r => new CommandOutcome.Accepted(JsonObject.Of(
                ("variables", JsonArray.From((r.ConfigurationKey ?? []).Select(k => (JsonValue)JsonObject.Of(
                    ("name", k.Key), ("value", k.Value), ("readOnly", k.Readonly))))),
                ("unknown", JsonArray.From((r.UnknownKey ?? []).Select(k => (JsonValue)k))))),
            cancellation);

    public static Task<CommandOutcome> WriteAsync(this OcppStationLink link, StationCommand.WriteVariable command, CancellationToken cancellation) =>
        link.CallAsync(
            new ChangeConfigurationRequest { Key = command.Name, Value = command.Value },
            r => r.Status switch
            {
                ConfigurationStatus.Accepted => new CommandOutcome.Accepted(JsonObject.Of(("rebootRequired", false))),
                ConfigurationStatus.RebootRequired => new CommandOutcome.Accepted(JsonObject.Of(("rebootRequired", true))),
                ConfigurationStatus.NotSupported => new CommandOutcome.Unsupported($"The station has no variable {command.Name}."),
                _ => new CommandOutcome.Rejected($"The station does not take that value for {command.Name}."),
            },
            cancellation);

    public static Task<CommandOutcome> SendDataAsync(this OcppStationLink link, StationCommand.SendData command, CancellationToken cancellation) =>
        link.CallAsync(
            new DataTransferRequest { VendorId = command.VendorId, MessageId = command.MessageId, Data = TextOf(command.Data) },
            r => r.Status switch
            {
                DataTransferStatus.Accepted => new CommandOutcome.Accepted(JsonObject.Of(("status", r.Status.ToString()), ("data", r.Data))),
                DataTransferStatus.Rejected => new CommandOutcome.Rejected(r.Data ?? "The station rejected it."),
                _ => new CommandOutcome.Unsupported($"The station answered {r.Status}."),
            },
            cancellation);

    private static string? TextOf(JsonValue data) => data.IsNull ? null : data.TryGetString(out var text) ? text : data.ToString();
}
