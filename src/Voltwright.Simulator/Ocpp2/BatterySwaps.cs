using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>Hands out a full battery for an empty one. OCPP 2.1 part 2, block S.</summary>
static class BatterySwaps
{
    static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    public static RequestBatterySwapResponse Swap(Ocpp2Station station, RequestBatterySwapRequest request)
    {
        station.Later(async () =>
        {
            Tell(BatterySwapEvent.BatteryIn, "EMPTY", 12);
            await station.Clock.Delay(Step, station.SwitchedOff);
            Tell(BatterySwapEvent.BatteryOut, "FULL", 98);
        });
        return new() { Status = GenericStatus.Accepted };

        void Tell(BatterySwapEvent what, string battery, int stateOfCharge) => station.Send(new BatterySwapRequest
        {
            EventType = what,
            IdToken = request.IdToken,
            RequestId = request.RequestId,
            BatteryData = [new() { EvseId = 1, SerialNumber = $"{station.Id}-{battery}", SoC = stateOfCharge, SoH = 95 }],
        });
    }
}
