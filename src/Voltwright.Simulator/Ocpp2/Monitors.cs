using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>The monitors set on variables. They are kept and reported; a simulated station's values seldom cross a threshold.</summary>
sealed class Monitors
{
    readonly Lock _lock = new();
    readonly SortedDictionary<int, SetMonitoringData> _monitors = [];
    int _next;

    public SetMonitoringResult Set(DeviceModel device, SetMonitoringData asked)
    {
        lock (_lock)
        {
            var status = StatusOf(device, asked);
            var id = status == SetMonitoringStatus.Accepted ? asked.Id ?? ++_next : asked.Id;
            if (status == SetMonitoringStatus.Accepted) _monitors[id!.Value] = asked with { Id = id };
            return new SetMonitoringResult
            {
                Id = id,
                Status = status,
                Type = asked.Type,
                Component = asked.Component,
                Variable = asked.Variable,
                Severity = asked.Severity,
            };
        }
    }

    public ClearMonitoringResult Clear(int id)
    {
        lock (_lock)
            return new() { Id = id, Status = _monitors.Remove(id) ? ClearMonitoringStatus.Accepted : ClearMonitoringStatus.NotFound };
    }

    public void ClearAll()
    {
        lock (_lock) _monitors.Clear();
    }

    public IReadOnlyList<MonitoringData> Report(Func<Component, Variable, bool> wanted, IReadOnlyList<MonitoringCriterion>? criteria)
    {
        lock (_lock)
        {
            return
            [
                .. _monitors.Values
                    .Where(monitor => wanted(monitor.Component, monitor.Variable))
                    .Where(monitor => criteria is null || criteria.Contains(CriterionOf(monitor.Type)))
                    .Select(monitor => new MonitoringData
                    {
                        Component = monitor.Component,
                        Variable = monitor.Variable,
                        VariableMonitoring =
                        [
                            new VariableMonitoring
                            {
                                Id = monitor.Id!.Value,
                                Transaction = monitor.Transaction ?? false,
                                Value = monitor.Value,
                                Type = monitor.Type,
                                Severity = monitor.Severity,
                                EventNotificationType = EventNotification.CustomMonitor,
                            },
                        ],
                    }),
            ];
        }
    }

    SetMonitoringStatus StatusOf(DeviceModel device, SetMonitoringData asked)
    {
        var read = device.Read(new GetVariableData { Component = asked.Component, Variable = asked.Variable });
        if (read.AttributeStatus == GetVariableStatus.UnknownComponent) return SetMonitoringStatus.UnknownComponent;
        if (read.AttributeStatus == GetVariableStatus.UnknownVariable) return SetMonitoringStatus.UnknownVariable;
        if (asked.Id is { } id && !_monitors.ContainsKey(id)) return SetMonitoringStatus.Rejected;
        var isTwice = _monitors.Any(known => known.Key != asked.Id && known.Value.Type == asked.Type && known.Value.Severity == asked.Severity
            && known.Value.Component == asked.Component && known.Value.Variable == asked.Variable);
        return isTwice ? SetMonitoringStatus.Duplicate : SetMonitoringStatus.Accepted;
    }

    static MonitoringCriterion CriterionOf(MonitorType type) => type switch
    {
        MonitorType.UpperThreshold or MonitorType.LowerThreshold => MonitoringCriterion.ThresholdMonitoring,
        MonitorType.Periodic or MonitorType.PeriodicClockAligned => MonitoringCriterion.PeriodicMonitoring,
        _ => MonitoringCriterion.DeltaMonitoring,
    };
}
