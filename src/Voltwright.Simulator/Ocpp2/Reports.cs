using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>What is told in parts after it was asked for.</summary>
static class Reports
{
    static readonly string[] Summary = ["Available", "Power", "Model", "VendorName"];

    public static GetBaseReportResponse Base(Ocpp2Station station, GetBaseReportRequest request)
    {
        var found = station.Device.Report((component, variable) => request.ReportBase switch
        {
            BaseReport.SummaryInventory => Summary.Contains(variable.Name),
            BaseReport.ConfigurationInventory => component.Name.EndsWith("Ctrlr", StringComparison.Ordinal),
            _ => true,
        });
        Send(station, request.RequestId, found);
        return new() { Status = GenericDeviceModelStatus.Accepted };
    }

    public static GetReportResponse Part(Ocpp2Station station, GetReportRequest request)
    {
        var found = station.Device.Report((component, variable) =>
            (request.ComponentVariable is not { } wanted || wanted.Any(named => Matches(named, component, variable)))
            && (request.ComponentCriteria is not { } criteria || criteria.Any(criterion => variable.Name == criterion.ToString())));
        if (found.Count == 0) return new() { Status = GenericDeviceModelStatus.EmptyResultSet };
        Send(station, request.RequestId, found);
        return new() { Status = GenericDeviceModelStatus.Accepted };
    }

    public static GetMonitoringReportResponse Monitored(Ocpp2Station station, GetMonitoringReportRequest request)
    {
        var found = station.Monitors.Report(
            (component, variable) => request.ComponentVariable is not { } wanted || wanted.Any(named => Matches(named, component, variable)),
            request.MonitoringCriteria);
        if (found.Count == 0) return new() { Status = GenericDeviceModelStatus.EmptyResultSet };
        station.Later(() => station.Send(new NotifyMonitoringReportRequest
        {
            Monitor = found,
            RequestId = request.RequestId,
            SeqNo = 0,
            GeneratedAt = station.Clock.Now,
        }));
        return new() { Status = GenericDeviceModelStatus.Accepted };
    }

    public static GetDisplayMessagesResponse Displayed(Ocpp2Station station, GetDisplayMessagesRequest request)
    {
        var found = station.Displays.Find(request);
        if (found.Count == 0) return new() { Status = GetDisplayMessagesStatus.Unknown };
        station.Later(() => station.Send(new NotifyDisplayMessagesRequest { MessageInfo = found, RequestId = request.RequestId }));
        return new() { Status = GetDisplayMessagesStatus.Accepted };
    }

    public static CustomerInformationResponse Customer(Ocpp2Station station, CustomerInformationRequest request)
    {
        if (!request.Report && !request.Clear) return new() { Status = CustomerInformationStatus.Rejected };
        var isKnown = request.IdToken is { } token && station.LocalList.Allows(token.Value);
        station.Later(() => station.Send(new NotifyCustomerInformationRequest
        {
            Data = isKnown && request.Report ? $"on the local list, version {station.LocalList.Version}" : "",
            SeqNo = 0,
            GeneratedAt = station.Clock.Now,
            RequestId = request.RequestId,
        }));
        return new() { Status = CustomerInformationStatus.Accepted };
    }

    static void Send(Ocpp2Station station, int requestId, IReadOnlyList<ReportData> found)
    {
        var parts = found.Chunk(DeviceModel.ReportPart).ToList();
        station.Later(() =>
        {
            for (var part = 0; part < parts.Count; part++)
            {
                station.Send(new NotifyReportRequest
                {
                    RequestId = requestId,
                    GeneratedAt = station.Clock.Now,
                    ReportData = parts[part],
                    Tbc = part + 1 < parts.Count,
                    SeqNo = part,
                });
            }
        });
    }

    static bool Matches(ComponentVariable named, Component component, Variable variable) =>
        named.Component.Name == component.Name
        && (named.Component.Evse is null || named.Component.Evse.Id == component.Evse?.Id)
        && (named.Variable is null || named.Variable.Name == variable.Name);
}
