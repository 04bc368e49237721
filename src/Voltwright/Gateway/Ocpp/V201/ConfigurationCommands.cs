using System.Text.Json;
using Voltwright.Jq;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>Variables of the device model, and what a vendor added.</summary>
internal static class ConfigurationCommands
{
    public static async Task<CommandOutcome> ReadAsync(
        this Ocpp2Link link, StationCommand.ReadVariables command, CancellationToken cancellation)
    {
        if (command.Names.Count == 0)
            return await ReadAllAsync(link, cancellation);
        var named = command.Names.Select(name => (Name: name, Found: VariableName.Read(name))).ToList();
        if (named.Where(n => n.Found is null).Select(n => n.Name).ToList() is { Count: > 0 } wrong)
            return new CommandOutcome.Malformed($"{string.Join(", ", wrong)}: a variable is named Component.Variable or Component[evse].Variable.");
        return await link.CallAsync(
            new GetVariablesRequest
            {
                GetVariableData =
                [
                    .. named.Select(n => new GetVariableData { Component = n.Found!.Value.Component, Variable = n.Found.Value.Variable }),
                ],
            },
            answer => Listed(
                answer.GetVariableResult.Where(r => !IsUnknown(r)).Select(r => Entry(
                    VariableName.Write(r.Component, r.Variable), r.AttributeValue, readOnly: JsonValue.Null)),
                answer.GetVariableResult.Where(IsUnknown).Select(r => VariableName.Write(r.Component, r.Variable))),
            cancellation);
    }

    public static Task<CommandOutcome> WriteAsync(
        this Ocpp2Link link, StationCommand.WriteVariable command, CancellationToken cancellation)
    {
        if (VariableName.Read(command.Name) is not var (component, variable))
        {
            return Task.FromResult<CommandOutcome>(
                new CommandOutcome.Malformed($"{command.Name}: a variable is named Component.Variable or Component[evse].Variable."));
        }

        return link.CallAsync(
            new SetVariablesRequest
            {
                SetVariableData = [new SetVariableData { Component = component, Variable = variable, AttributeValue = command.Value }],
            },
            answer => answer.SetVariableResult[0].AttributeStatus switch
            {
                SetVariableStatus.Accepted => new CommandOutcome.Accepted(JsonObject.Of(("rebootRequired", false))),
                SetVariableStatus.RebootRequired => new CommandOutcome.Accepted(JsonObject.Of(("rebootRequired", true))),
                SetVariableStatus.Rejected => new CommandOutcome.Rejected($"The station does not take that value for {command.Name}."),
                _ => new CommandOutcome.Unsupported($"The station has no variable {command.Name}."),
            },
            cancellation);
    }

    public static Task<CommandOutcome> SendDataAsync(
        this Ocpp2Link link, StationCommand.SendData command, CancellationToken cancellation) => link.CallAsync(
        new DataTransferRequest
        {
            VendorId = command.VendorId,
            MessageId = command.MessageId,
            Data = command.Data.IsNull ? null : JsonElement.Parse(command.Data.ToUtf8()),
        },
        r => r.Status switch
        {
            DataTransferStatus.Accepted => new CommandOutcome.Accepted(JsonObject.Of(
                ("status", r.Status.ToString()), ("data", r.Data is { } data ? JsonValue.Parse(data.GetRawText()) : JsonValue.Null))),
            DataTransferStatus.Rejected => new CommandOutcome.Rejected("The station rejected it."),
            _ => new CommandOutcome.Unsupported($"The station answered {r.Status}."),
        },
        cancellation);

    private static async Task<CommandOutcome> ReadAllAsync(Ocpp2Link link, CancellationToken cancellation)
    {
        var (requestId, whole) = link.Reports.Expect();
        try
        {
            var asked = await link.CallAsync(
                new GetBaseReportRequest { RequestId = requestId, ReportBase = BaseReport.FullInventory },
                r => OcppLink.Judge(r.Status),
                cancellation);
            if (asked is not CommandOutcome.Accepted)
                return asked;
            var entries = await whole.WaitAsync(link.Patience, link.Time, cancellation);
            return Listed(entries.Select(Entry), []);
        }
        catch (TimeoutException)
        {
            return new CommandOutcome.Silent(link.Patience);
        }
        finally
        {
            link.Reports.GiveUp(requestId);
        }
    }

    private static JsonValue Entry(ReportData entry)
    {
        var actual = entry.VariableAttribute.FirstOrDefault(a => a.Type is null or AttributeType.Actual) ?? entry.VariableAttribute[0];
        return Entry(VariableName.Write(entry.Component, entry.Variable), actual.Value, actual.Mutability == Mutability.ReadOnly);
    }

    private static JsonValue Entry(string name, string? value, JsonValue readOnly) =>
        JsonObject.Of(("name", name), ("value", value), ("readOnly", readOnly));

    private static CommandOutcome.Accepted Listed(IEnumerable<JsonValue> variables, IEnumerable<string> unknown) => new(JsonObject.Of(
        ("variables", JsonArray.From(variables)), ("unknown", JsonArray.From(unknown.Select(name => (JsonValue)name)))));

    private static bool IsUnknown(GetVariableResult result) =>
        result.AttributeStatus is GetVariableStatus.UnknownComponent or GetVariableStatus.UnknownVariable;
}
