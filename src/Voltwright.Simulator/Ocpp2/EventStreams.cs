using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>Monitors, and the streams of values that a 2.1 station opens for those that ask for one.</summary>
static class EventStreams
{
    public static SetVariableMonitoringResponse SetMonitors(Ocpp2Station station, SetVariableMonitoringRequest request)
    {
        var results = request.SetMonitoringData.Select(asked => station.Monitors.Set(station.Device, asked)).ToList();
        foreach (var (asked, result) in request.SetMonitoringData.Zip(results))
        {
            if (asked.PeriodicEventStream is { } stream && result is { Status: SetMonitoringStatus.Accepted, Id: { } monitor })
                station.Later(() => OpenAsync(station, asked, monitor, stream));
        }

        return new() { SetMonitoringResult = results };
    }

    public static AdjustPeriodicEventStreamResponse Adjust(Ocpp2Station station, AdjustPeriodicEventStreamRequest request)
    {
        if (!station.Streams.TryGetValue(request.Id, out var open)) return new() { Status = GenericStatus.Rejected };
        station.Streams[request.Id] = open with { Params = request.Params };
        return new() { Status = GenericStatus.Accepted };
    }

    /// <summary>Values go out one by one for as long as the stream is open and somebody listens.</summary>
    static async Task OpenAsync(Ocpp2Station station, SetMonitoringData monitored, int monitor, PeriodicEventStreamParams stream)
    {
        var open = new ConstantStreamData { Id = monitor, Params = stream, VariableMonitoringId = monitor };
        var answer = await station.AskAsync(new OpenPeriodicEventStreamRequest { ConstantStreamData = open });
        if (answer is not CallOutcome<OpenPeriodicEventStreamResponse>.Answered { Response.Status: GenericStatus.Accepted }) return;
        station.Streams[monitor] = open;
        while (station.Streams.TryGetValue(monitor, out var current))
        {
            await station.SendStreamAsync(new NotifyPeriodicEventStreamRequest
            {
                Id = monitor,
                Pending = 0,
                Basetime = station.Clock.Now,
                Data = [new StreamDataElement { T = 0, V = station.Device.Read(monitored.Component, monitored.Variable.Name) ?? "" }],
            });
            await station.Clock.Delay(TimeSpan.FromSeconds(Math.Max(1, current.Params.Interval ?? 60)), station.SwitchedOff);
        }
    }
}
