using Voltwright.Ocpp;
using Voltwright.Ocpp.Connection;

namespace Voltwright.Gateway.Ocpp;

/// <summary>
/// Stands before a table of handlers: refuses times no clock can show, and what a station that has to wait may not say yet. Transactions
/// pass: their energy is accounted for, whatever the clock says and whoever the station is (OCPP 1.6 §4.8).
/// </summary>
internal static class Guard
{
    private static readonly HashSet<string> Transactions = ["StartTransaction", "StopTransaction", "TransactionEvent"];

    /// <summary>What belongs to setting a station up (OCPP 2.0.1 part 2, B02).</summary>
    private static readonly HashSet<string> Setup =
    [
        "BootNotification", "DataTransfer", "DiagnosticsStatusNotification", "FirmwareStatusNotification", "LogStatusNotification",
        "NotifyMonitoringReport", "NotifyReport", "SecurityEventNotification", "SignCertificate", "SignedFirmwareStatusNotification",
    ];

    public static OcppHandler Before(HandlerTable<OcppStation> table, OcppStation station) => (action, payload, cancellation) =>
        Transactions.Contains(action) ? table.HandleAsync(station, action, payload, cancellation)
        : station.IsPending && !Setup.Contains(action)
            ? Refuse(OcppErrorCode.SecurityError, "This station is not accepted yet: boot again after the interval.")
        : Plausibility.Check(payload, station.Now) is { } problem
            ? Refuse(OcppErrorCode.PropertyConstraintViolation, problem)
        : table.HandleAsync(station, action, payload, cancellation);

    private static Task<OcppAnswer> Refuse(OcppErrorCode code, string problem) =>
        Task.FromResult<OcppAnswer>(new OcppAnswer.Error(code, problem));
}
