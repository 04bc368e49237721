using System.Collections.Concurrent;
using Voltwright.Jq;
using Voltwright.Ocpp;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>
/// Optional variables of a station's device model: asked for before they are written, once a connection, since most stations have few of
/// them and some only let them be read.
/// </summary>
internal sealed class DeviceVariables(OcppPeer peer, GatewayOptions options)
{
    private readonly ConcurrentDictionary<string, string> _missing = new(1, 1, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _present = new(1, 1, StringComparer.Ordinal);

    public async Task<CommandOutcome> SetAsync(
        Component component, CancellationToken cancellation, params (string Name, string Value)[] variables)
    {
        var key = $"{component.Name}/{component.Evse?.Id}";
        if (_missing.TryGetValue(key, out var why))
            return new CommandOutcome.Unsupported(why);
        if (!_present.ContainsKey(key) && await LookAsync(component, key, variables[0].Name, cancellation) is { } none)
            return none;

        var asked = new SetVariablesRequest
        {
            SetVariableData =
            [
                .. variables.Select(v => new SetVariableData
                {
                    Component = component,
                    Variable = new Variable { Name = v.Name },
                    AttributeValue = v.Value,
                }),
            ],
        };
        return await peer.CallAsync(asked, options.CommandTimeout, cancellation) switch
        {
            CallOutcome<SetVariablesResponse>.Answered answered => Judge(key, answered.Response),
            CallOutcome<SetVariablesResponse>.Refused refused => Missing(key, $"The station answered {refused.Code}: {refused.Description}"),
            CallOutcome<SetVariablesResponse>.TimedOut silent => new CommandOutcome.Silent(silent.After),
            _ => new CommandOutcome.Offline(),
        };
    }

    /// <summary>Null when the station has it.</summary>
    private async Task<CommandOutcome?> LookAsync(Component component, string key, string variable, CancellationToken cancellation)
    {
        var asked = new GetVariablesRequest
        {
            GetVariableData = [new GetVariableData { Component = component, Variable = new Variable { Name = variable } }],
        };
        switch (await peer.CallAsync(asked, options.CommandTimeout, cancellation))
        {
            case CallOutcome<GetVariablesResponse>.Answered answered:
                var status = answered.Response.GetVariableResult[0].AttributeStatus;
                if (status is not (GetVariableStatus.Accepted or GetVariableStatus.Rejected))
                    return Missing(key, $"The station has no {component.Name}.{variable}.");
                _present[key] = true;
                return null;
            case CallOutcome<GetVariablesResponse>.Refused refused:
                return Missing(key, $"The station answered {refused.Code}: {refused.Description}");
            case CallOutcome<GetVariablesResponse>.TimedOut silent:
                return new CommandOutcome.Silent(silent.After);
            default:
                return new CommandOutcome.Offline();
        }
    }

    private CommandOutcome Judge(string key, SetVariablesResponse answer)
    {
        var failed = answer.SetVariableResult.FirstOrDefault(
            r => r.AttributeStatus is not (SetVariableStatus.Accepted or SetVariableStatus.RebootRequired));
        if (failed is null)
            return new CommandOutcome.Accepted(JsonObject.Of(("status", "Accepted")));
        var name = $"{failed.Component.Name}.{failed.Variable.Name}";
        return failed.AttributeStatus == SetVariableStatus.Rejected
            ? new CommandOutcome.Rejected($"The station does not let {name} be set so.")
            : Missing(key, $"The station has no {name} to set.");
    }

    private CommandOutcome.Unsupported Missing(string key, string why) => new(_missing.GetOrAdd(key, why));
}
