using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Voltwright.Simulator.State;

/// <summary>Sends a station's log where the management system asked for it, by HTTP PUT.</summary>
static class LogUpload
{
    static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <returns>Whether it arrived. Addresses that are not HTTP are only pretended to.</returns>
    public static async Task<bool> SendAsync(string address, string name, string stationId, DateTimeOffset at, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)) return false;
        if (uri.Scheme is not ("http" or "https")) return true;
        var text = string.Create(CultureInfo.InvariantCulture, $"{at:O} {stationId} log asked for\n{at:O} {stationId} no faults\n");
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        try
        {
            using var response = await Client.PutAsync(new Uri($"{address.TrimEnd('/')}/{name}"), content, cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
