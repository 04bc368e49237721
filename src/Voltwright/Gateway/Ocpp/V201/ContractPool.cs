using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Voltwright.Ocpp;
using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>
/// The way to the mobility operators whose contracts vehicles charge by: what a vehicle asks for goes there by POST as the station sent it,
/// with <c>?station=</c> and its id, and the answer comes back as the station is to have it. Neither is read here. OCPP 2.0.1 part 2, M01, M02.
/// </summary>
public sealed partial class ContractPool(Uri address, HttpClient http, ILogger<ContractPool> logger)
{
    /// <summary>Failed when no answer can be had that a station may be given.</summary>
    internal async Task<Get15118EVCertificateResponse> AskAsync(
        OcppMessage message, string stationId, Get15118EVCertificateRequest request, CancellationToken cancellation)
    {
        try
        {
            using var content = new StringContent(message.Write(request).GetRawText(), Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(Asking(stationId), content, cancellation);
            if (!response.IsSuccessStatusCode)
                return Fail(stationId, $"it refused with {(int)response.StatusCode}");
            var answer = JsonElement.Parse(await response.Content.ReadAsStringAsync(cancellation));
            return Payload.ReadResponse<Get15118EVCertificateResponse>(message, answer, Lenience.None) switch
            {
                PayloadReading<Get15118EVCertificateResponse>.Valid valid => valid.Value,
                var wrong => Fail(stationId, ((PayloadReading<Get15118EVCertificateResponse>.Invalid)wrong).Description),
            };
        }
        catch (Exception e) when (e is HttpRequestException or JsonException
            || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return Fail(stationId, e.Message);
        }
    }

    internal static Get15118EVCertificateResponse Failed { get; } = new() { Status = Iso15118EVCertificateStatus.Failed, ExiResponse = "" };

    private Uri Asking(string stationId)
    {
        var station = $"station={Uri.EscapeDataString(stationId)}";
        return new UriBuilder(address) { Query = address.Query.Length > 1 ? $"{address.Query}&{station}" : station }.Uri;
    }

    private Get15118EVCertificateResponse Fail(string stationId, string reason)
    {
        NoAnswer(stationId, address.Authority, reason);
        return Failed;
    }

    [LoggerMessage(LogLevel.Warning, "A vehicle at station {StationId} gets no contract certificate from {Pool}: {Reason}")]
    private partial void NoAnswer(string stationId, string pool, string reason);
}
