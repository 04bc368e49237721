using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>A monitor of a variable.</summary>
public sealed record VariableMonitoring : Extensible
{
    [AtLeast(0, Only21 = true)] public required int Id { get; init; }
    public required bool Transaction { get; init; }
    public required decimal Value { get; init; }
    public required MonitorType Type { get; init; }

    /// <summary>0 is danger, 9 is debug.</summary>
    [AtLeast(0, Only21 = true)] public required int Severity { get; init; }

    [Since21(Required = true)] public EventNotification? EventNotificationType { get; init; }
}
