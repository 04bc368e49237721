using System.Globalization;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Simulator.Ocpp;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>The components and variables of a simulated station, with their actual values. OCPP 2.0.1 part 1 §4, part 2 appendix 3.</summary>
public sealed class DeviceModel
{
    readonly Lock _lock = new();
    readonly List<Entry> _entries = [];

    public DeviceModel(OcppStationOptions options)
    {
        Fixed("ChargingStation", "Model", options.Model);
        Fixed("ChargingStation", "VendorName", options.Vendor);
        Number("OCPPCommCtrlr", "HeartbeatInterval", 300);
        Number("OCPPCommCtrlr", "MessageAttempts", 3);
        Number("OCPPCommCtrlr", "MessageAttemptInterval", 5);
        Number("OCPPCommCtrlr", "WebSocketPingInterval", 30);
        Number("OCPPCommCtrlr", "OfflineThreshold", 60);
        Number("TxCtrlr", "EVConnectionTimeOut", 60);
        Truth("TxCtrlr", "StopTxOnInvalidId", true);
        Fixed("TxCtrlr", "TxStartPoint", options.StartsOnPlug ? "EVConnected" : "PowerPathClosed");
        Fixed("TxCtrlr", "TxStopPoint", "PowerPathClosed");
        Number("SampledDataCtrlr", "TxUpdatedInterval", 60);
        Fixed("SampledDataCtrlr", "TxUpdatedMeasurands", "Energy.Active.Import.Register,Power.Active.Import,SoC");
        Truth("AuthCtrlr", "LocalAuthorizeOffline", true);
        Truth("AuthCtrlr", "AuthorizeRemoteStart", false);
        Truth("LocalAuthListCtrlr", "Enabled", true);
        Fixed("LocalAuthListCtrlr", "ItemsPerMessage", "500");
        Fixed("DeviceDataCtrlr", "ItemsPerMessage", ReportPart.ToString(CultureInfo.InvariantCulture), "GetReport");
        Fixed("SecurityCtrlr", "SecurityProfile", options.Secret is null ? "0" : "1");
        Text("SecurityCtrlr", "OrganizationName", "Voltwright");
        Secret("SecurityCtrlr", "BasicAuthPassword");
        Fixed("ChargingStation", "SupplyPhases", "3");
        for (var evse = 1; evse <= options.Connectors; evse++) AddEvse(evse, options.HasLeds);
        if (options.HasLeds) AddLight(new Component { Name = "BeaconLighting" });
    }

    /// <summary>Entries in one part of a report.</summary>
    internal const int ReportPart = 20;

    /// <summary>Hears of every variable that was written, with its new value.</summary>
    internal event Action<Component, string, string>? Written;

    /// <summary>Every entry, in a fixed order.</summary>
    internal IReadOnlyList<ReportData> Report(Func<Component, Variable, bool> wanted)
    {
        lock (_lock) return [.. _entries.Where(entry => wanted(entry.Component, entry.Variable)).Select(entry => entry.ToReport())];
    }

    internal GetVariableResult Read(GetVariableData asked)
    {
        lock (_lock)
        {
            var entry = Find(asked.Component, asked.Variable);
            var status = entry is null ? UnknownOf(asked.Component) switch
            {
                true => GetVariableStatus.UnknownComponent,
                _ => GetVariableStatus.UnknownVariable,
            }
            : asked.AttributeType is { } type && type != AttributeType.Actual ? GetVariableStatus.NotSupportedAttributeType
            : entry.Mutability == Mutability.WriteOnly ? GetVariableStatus.Rejected
            : GetVariableStatus.Accepted;
            return new GetVariableResult
            {
                AttributeStatus = status,
                AttributeType = asked.AttributeType,
                AttributeValue = status == GetVariableStatus.Accepted ? entry!.Value : null,
                Component = asked.Component,
                Variable = asked.Variable,
            };
        }
    }

    internal SetVariableResult Write(SetVariableData asked)
    {
        SetVariableStatus status;
        lock (_lock)
        {
            var entry = Find(asked.Component, asked.Variable);
            status = entry is null
                ? UnknownOf(asked.Component) ? SetVariableStatus.UnknownComponent : SetVariableStatus.UnknownVariable
                : asked.AttributeType is { } type && type != AttributeType.Actual ? SetVariableStatus.NotSupportedAttributeType
                : entry.Mutability == Mutability.ReadOnly || !entry.IsValid(asked.AttributeValue) ? SetVariableStatus.Rejected
                : SetVariableStatus.Accepted;
            if (status == SetVariableStatus.Accepted) entry!.Value = asked.AttributeValue;
        }

        if (status == SetVariableStatus.Accepted) Written?.Invoke(asked.Component, asked.Variable.Name, asked.AttributeValue);
        return new SetVariableResult
        {
            AttributeType = asked.AttributeType,
            AttributeStatus = status,
            Component = asked.Component,
            Variable = asked.Variable,
        };
    }

    internal string? Read(Component component, string variable)
    {
        lock (_lock) return Find(component, new Variable { Name = variable })?.Value;
    }

    internal int Number(string variable)
    {
        lock (_lock) return int.Parse(_entries.First(entry => entry.Variable.Name == variable).Value, CultureInfo.InvariantCulture);
    }

    internal TimeSpan Seconds(string variable) => TimeSpan.FromSeconds(Number(variable));

    /// <summary>The station itself changes a value.</summary>
    internal void Put(string variable, string value)
    {
        lock (_lock) _entries.First(entry => entry.Variable.Name == variable).Value = value;
    }

    void AddEvse(int number, bool hasLight)
    {
        var (evse, connector) = (new EVSE { Id = number }, new EVSE { Id = number, ConnectorId = 1 });
        Add(new Component { Name = "EVSE", Evse = evse }, "Available", "true", Mutability.ReadOnly, DataType.Boolean, _ => false);
        Add(new Component { Name = "EVSE", Evse = evse }, "Power", "22000", Mutability.ReadOnly, DataType.Decimal, _ => false);
        Add(new Component { Name = "Connector", Evse = connector }, "ConnectorType", "sType2", Mutability.ReadOnly, DataType.String, _ => false);
        Add(new Component { Name = "Connector", Evse = connector }, "Available", "true", Mutability.ReadOnly, DataType.Boolean, _ => false);
        Add(
            new Component { Name = "ConnectorPlugRetentionLock", Evse = connector }, "Active", "false", Mutability.ReadWrite,
            DataType.Boolean, text => bool.TryParse(text, out _));
        if (hasLight) AddLight(new Component { Name = "ChargingStatusIndicator", Evse = evse });
    }

    void AddLight(Component light)
    {
        Add(light, "Active", "false", Mutability.ReadWrite, DataType.Boolean, text => bool.TryParse(text, out _));
        Add(light, "Color", "white", Mutability.ReadWrite, DataType.String, text => text.Length is > 0 and <= 50);
    }

    void Number(string component, string variable, int value) => Add(
        new Component { Name = component }, variable, value.ToString(CultureInfo.InvariantCulture), Mutability.ReadWrite, DataType.Integer,
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _));

    void Truth(string component, string variable, bool value) => Add(
        new Component { Name = component }, variable, value ? "true" : "false", Mutability.ReadWrite, DataType.Boolean,
        text => bool.TryParse(text, out _));

    void Text(string component, string variable, string value) =>
        Add(new Component { Name = component }, variable, value, Mutability.ReadWrite, DataType.String, _ => true);

    void Fixed(string component, string variable, string value, string? instance = null) =>
        Add(new Component { Name = component }, variable, value, Mutability.ReadOnly, DataType.String, _ => false, instance);

    void Secret(string component, string variable) => Add(
        new Component { Name = component }, variable, "", Mutability.WriteOnly, DataType.String, text => text.Length is >= 16 and <= 40);

    void Add(
        Component component, string variable, string value, Mutability mutability, DataType type, Func<string, bool> isValid,
        string? instance = null) =>
        _entries.Add(new Entry(component, new Variable { Name = variable, Instance = instance }, mutability, type, isValid) { Value = value });

    Entry? Find(Component component, Variable variable) => _entries.Find(
        entry => Same(entry.Component, component) && Same(entry.Variable.Name, variable.Name)
            && (variable.Instance is null || Same(entry.Variable.Instance, variable.Instance)));

    bool UnknownOf(Component component) => _entries.TrueForAll(entry => !Same(entry.Component, component));

    // A component of an EVSE that has one connector may be named with or without it.
    static bool Same(Component ours, Component theirs) =>
        Same(ours.Name, theirs.Name) && Same(ours.Instance, theirs.Instance) && ours.Evse?.Id == theirs.Evse?.Id
        && (theirs.Evse?.ConnectorId is null || ours.Evse?.ConnectorId is null || ours.Evse.ConnectorId == theirs.Evse.ConnectorId);

    static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    sealed class Entry(Component component, Variable variable, Mutability mutability, DataType type, Func<string, bool> isValid)
    {
        public Component Component => component;

        public Variable Variable => variable;

        public Mutability Mutability => mutability;

        public Func<string, bool> IsValid => isValid;

        public required string Value { get; set; }

        public ReportData ToReport() => new()
        {
            Component = component,
            Variable = variable,
            VariableAttribute =
            [
                new VariableAttribute
                {
                    Type = AttributeType.Actual,
                    Value = mutability == Mutability.WriteOnly ? null : Value,
                    Mutability = mutability,
                },
            ],
            VariableCharacteristics = new VariableCharacteristics { DataType = type, SupportsMonitoring = false },
        };
    }
}
