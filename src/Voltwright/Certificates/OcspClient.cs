using System.Net.Http.Headers;
using Voltwright.Automation;

namespace Voltwright.Certificates;

/// <summary>
/// Asks the responders that stations and certificates name whether a certificate was revoked. They lead wherever somebody wrote, so the way
/// is that of workflows: public addresses, or those that the operator allowed.
/// </summary>
public sealed class OcspClient(HttpRoutes routes) : IDisposable
{
    private const int LongestAnswer = 16_384;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly HttpMessageInvoker _guarded = new(GuardedSockets.NewHandler(isGuarded: true));
    private readonly HttpMessageInvoker _trusted = new(GuardedSockets.NewHandler(isGuarded: false));

    public void Dispose()
    {
        _guarded.Dispose();
        _trusted.Dispose();
    }

    /// <summary>Null when no answer can be had.</summary>
    internal async Task<OcspAnswer?> AskAsync(CertificateHash about, string responder, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(responder, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
            || routes.Find(uri) is not { Way: not HttpWay.InProcess } route)
            return null;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, route.Uri) { Content = new ByteArrayContent(OcspMessage.Ask(about)) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/ocsp-request");
            using var response = await (route.Way == HttpWay.Trusted ? _trusted : _guarded).SendAsync(request, patience.Token);
            if (!response.IsSuccessStatusCode)
                return null;
            await response.Content.LoadIntoBufferAsync(LongestAnswer, patience.Token);
            return OcspMessage.Read(await response.Content.ReadAsByteArrayAsync(patience.Token));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or FormatException or RefusedAddressException
            || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }
}
