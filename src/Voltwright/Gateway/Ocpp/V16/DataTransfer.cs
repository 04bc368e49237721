using Voltwright.Gateway.Vendors;
using Voltwright.Jq;
using Voltwright.Ocpp.V16;

namespace Voltwright.Gateway.Ocpp.V16;

/// <summary>What a vendor added: an event, answered by whoever understands it.</summary>
internal static class DataTransfer
{
    public static async Task<DataTransferResponse> HandleAsync(
        OcppStation station, DataTransferRequest request, CancellationToken cancellation)
    {
        var answer = await station.Grain.DataReceived(request.VendorId, request.MessageId, request.Data);
        return new DataTransferResponse
        {
            Status = answer.Status switch
            {
                VendorStatus.Accepted => DataTransferStatus.Accepted,
                VendorStatus.Rejected => DataTransferStatus.Rejected,
                VendorStatus.UnknownMessage => DataTransferStatus.UnknownMessageId,
                _ => DataTransferStatus.UnknownVendorId,
            },
            Data = answer.Data.IsNull ? null : answer.Data.TryGetString(out var text) ? text : answer.Data.ToString(),
        };
    }
}
