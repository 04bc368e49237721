using System.Globalization;
using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Simulator.Ocpp;

/// <summary>The configuration keys of a simulated station. OCPP 1.6 §9.</summary>
public sealed class StationConfiguration
{
    readonly Lock _lock = new();
    readonly Dictionary<string, Entry> _entries = new(StringComparer.OrdinalIgnoreCase);

    public StationConfiguration(int connectors)
    {
        Number("HeartbeatInterval", 300);
        Number("MeterValueSampleInterval", 60);
        Number("ConnectionTimeOut", 60);
        Number("TransactionMessageAttempts", 3);
        Number("TransactionMessageRetryInterval", 5);
        Number("ClockAlignedDataInterval", 0);
        Number("WebSocketPingInterval", 30);
        Number("ResetRetries", 1);
        Truth("AuthorizeRemoteTxRequests", false);
        Truth("LocalAuthorizeOffline", true);
        Truth("LocalPreAuthorize", false);
        Truth("LocalAuthListEnabled", true);
        Truth("StopTransactionOnEVSideDisconnect", true);
        Truth("StopTransactionOnInvalidId", true);
        Truth("UnlockConnectorOnEVSideDisconnect", true);
        Fixed("MeterValuesSampledData", "Energy.Active.Import.Register,Power.Active.Import,SoC");
        Fixed("NumberOfConnectors", connectors.ToString(CultureInfo.InvariantCulture));
        Fixed("GetConfigurationMaxKeys", "100");
        Fixed("LocalAuthListMaxLength", "1000");
        Fixed("SendLocalListMaxLength", "500");
        Fixed("SupportedFeatureProfiles", "Core,FirmwareManagement,LocalAuthListManagement,Reservation,SmartCharging,RemoteTrigger");
        Fixed("ChargeProfileMaxStackLevel", "10");
        Fixed("ChargingScheduleAllowedChargingRateUnit", "Current,Power");
        Fixed("ChargingScheduleMaxPeriods", "24");
        Fixed("MaxChargingProfilesInstalled", "20");
    }

    /// <summary>Seconds or a count.</summary>
    public int this[string key]
    {
        get { lock (_lock) return int.Parse(_entries[key].Value, CultureInfo.InvariantCulture); }
    }

    public TimeSpan Seconds(string key) => TimeSpan.FromSeconds(this[key]);

    public bool Is(string key)
    {
        lock (_lock) return bool.Parse(_entries[key].Value);
    }

    public GetConfigurationResponse Read(IReadOnlyList<string>? keys)
    {
        lock (_lock)
        {
            if (keys is null or { Count: 0 }) return new GetConfigurationResponse { ConfigurationKey = [.. _entries.Select(ToKeyValue)] };
            var known = _entries.Where(entry => keys.Contains(entry.Key, StringComparer.OrdinalIgnoreCase)).Select(ToKeyValue).ToList();
            var unknown = keys.Where(key => !_entries.ContainsKey(key)).ToList();
            return new GetConfigurationResponse
            {
                ConfigurationKey = known.Count > 0 ? known : null,
                UnknownKey = unknown.Count > 0 ? unknown : null,
            };
        }
    }

    public ConfigurationStatus Write(string key, string value)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var entry)) return ConfigurationStatus.NotSupported;
            if (entry.IsValid is null || !entry.IsValid(value)) return ConfigurationStatus.Rejected;
            _entries[key] = entry with { Value = value };
            return ConfigurationStatus.Accepted;
        }
    }

    void Number(string key, int value) => _entries[key] = new Entry(
        value.ToString(CultureInfo.InvariantCulture),
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _));

    void Truth(string key, bool value) => _entries[key] = new Entry(
        value ? "true" : "false",
        text => bool.TryParse(text, out _));

    void Fixed(string key, string value) => _entries[key] = new Entry(value, null);

    static KeyValue ToKeyValue(KeyValuePair<string, Entry> entry) =>
        new() { Key = entry.Key, Readonly = entry.Value.IsValid is null, Value = entry.Value.Value };

    /// <param name="IsValid">Null for keys that cannot be written.</param>
    sealed record Entry(string Value, Func<string, bool>? IsValid);
}
