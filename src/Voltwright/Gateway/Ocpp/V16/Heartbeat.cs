using Voltwright.Ocpp.V16;

namespace Voltwright.Gateway.Ocpp.V16;

internal static class Heartbeat
{
    public static Task<HeartbeatResponse> HandleAsync(OcppStation station, HeartbeatRequest request, CancellationToken cancellation) =>
        Task.FromResult(new HeartbeatResponse { CurrentTime = station.Now });
}
