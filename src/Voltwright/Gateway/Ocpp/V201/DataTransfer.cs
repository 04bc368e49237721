using System.Text.Json;
using Voltwright.Gateway.Vendors;
using Voltwright.Jq;
using Voltwright.Ocpp.V201;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>What a vendor added: an event, answered by whoever understands it.</summary>
internal static class DataTransfer
{
    public static async Task<DataTransferResponse> HandleAsync(
        OcppStation station, DataTransferRequest request, CancellationToken cancellation)
    {
        var data = request.Data is { } given ? JsonValue.Parse(given.GetRawText()) : JsonValue.Null;
        var answer = await station.Grain.DataReceived(request.VendorId, request.MessageId, data);
        return new DataTransferResponse
        {
            Status = answer.Status switch
            {
                VendorStatus.Accepted => DataTransferStatus.Accepted,
                VendorStatus.Rejected => DataTransferStatus.Rejected,
                VendorStatus.UnknownMessage => DataTransferStatus.UnknownMessageId,
                _ => DataTransferStatus.UnknownVendorId,
            },
            Data = answer.Data.IsNull ? null : JsonElement.Parse(answer.Data.ToUtf8()),
        };
    }
}
