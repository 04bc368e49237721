using Microsoft.Net.Http.Headers;
using Voltwright.Analytics;

namespace Voltwright.Server.Exports;

/// <summary>The sessions that ended within a period, as a file to download.</summary>
internal sealed class SessionExport(ExportFormat format, string name, IAsyncEnumerable<SessionFact> sessions, TimeZoneInfo zone) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancellation) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = format.ContentType;
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = $"{name}.{format.Ending}" }.ToString();
        if (format.IsStreamed)
        {
            await format.WriteAsync(response.Body, sessions, zone, cancellation);
            return;
        }

        // These have their table of contents at the end, and are of no use when cut off.
        await using var file = new FileStream(Path.GetTempFileName(), new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        });
        await format.WriteAsync(file, sessions, zone, cancellation);
        file.Position = 0;
        response.ContentLength = file.Length;
        await file.CopyToAsync(response.Body, cancellation);
    }
}

/// <param name="IsStreamed">It can be sent while it is written.</param>
internal sealed record ExportFormat(
    string Name, string Ending, string ContentType, bool IsStreamed,
    Func<Stream, IAsyncEnumerable<SessionFact>, TimeZoneInfo, CancellationToken, Task> WriteAsync)
{
    public static IReadOnlyList<ExportFormat> All { get; } =
    [
        new("CSV", "csv", "text/csv; charset=utf-8", true, CsvExport.WriteAsync),
        new("XLSX", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false, XlsxExport.WriteAsync),
        new("Parquet", "parquet", "application/vnd.apache.parquet", false, ParquetExport.WriteAsync),
    ];
}
