using Voltwright.Jq;
using Voltwright.Ocpp.V16;

namespace Voltwright.Gateway.Ocpp.V16;

/// <summary>What a vendor added: logged, and answered as unknown, since nothing here understands it.</summary>
internal static class DataTransfer
{
    public static async Task<DataTransferResponse> HandleAsync(
        OcppStation station, DataTransferRequest request, CancellationToken cancellation)
    {
        await station.LogAsync(
            "data-transfer", JsonObject.Of(("vendorId", request.VendorId), ("messageId", request.MessageId), ("data", request.Data)));
        return new DataTransferResponse
        {
            Status = request.VendorId == VendorExtension.VendorId ? DataTransferStatus.UnknownMessageId : DataTransferStatus.UnknownVendorId,
        };
    }
}
