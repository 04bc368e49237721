using System.Text.Json;
using Voltwright.Ocpp.V16;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Ocpp;

/// <summary>
/// LEDs over DataTransfer: vendor <c>com.voltwright</c>, message <c>SetLed</c>, data
/// <c>{"led","action","color"?,"durationMs"?}</c>.
/// </summary>
static class VendorData
{
    public const string VendorId = "com.voltwright";
    public const string SetLed = "SetLed";

    public static Task<DataTransferResponse> HandleAsync(
        OcppStation station, DataTransferRequest request, CancellationToken cancellation) =>
        Task.FromResult(Handle(station, request));

    static DataTransferResponse Handle(OcppStation station, DataTransferRequest request)
    {
        if (!station.Options.HasLeds || request.VendorId != VendorId) return new() { Status = DataTransferStatus.UnknownVendorId };
        if (request.MessageId != SetLed) return new() { Status = DataTransferStatus.UnknownMessageId };
        try
        {
            using var data = JsonDocument.Parse(request.Data ?? "");
            var (led, state) = LedCommand.Read(data.RootElement);
            station.State.SetLed(led, state);
            return new() { Status = DataTransferStatus.Accepted };
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException)
        {
            return new() { Status = DataTransferStatus.Rejected, Data = wrong.Message };
        }
    }
}
