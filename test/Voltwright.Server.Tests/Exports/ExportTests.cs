using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using Parquet;
using Parquet.Serialization;
using Voltwright.Analytics;
using Voltwright.Server.Exports;

namespace Voltwright.Server.Tests.Exports;

public sealed class ExportTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly SessionFact Usual = new(
        "s-1", "CP1", 2, "TAG1", "default", "paid", Noon.AddMinutes(-62), Noon.AddHours(-1), Noon, 20_000, 60, "EUR", 1250, 1250, "Local");

    // Nobody charged; the card and the reason are what somebody with ideas would choose.
    private static readonly SessionFact Odd = Usual with
    {
        Id = "s-2", CardId = "=HYPERLINK(\"http://x\")", Status = "ended", StartedAt = null, Currency = "JPY", Billed = 7, Paid = 0, StopReason = "a,\"b\"\n",
    };

    [Fact]
    public async Task Csv_OfSessions_HasQuotesWhereNeededAndNoFormulas()
    {
        var lines = Encoding.UTF8.GetString(await WriteAsync("csv")).Split("\r\n");

        Assert.StartsWith("\uFEFFsessionId,stationId,slotNumber,", lines[0], StringComparison.Ordinal);
        Assert.Equal(
            "s-1,CP1,2,TAG1,default,paid,2026-03-01T10:58:00Z,2026-03-01T11:00:00Z,2026-03-01T12:00:00Z,20000,3600,60,120,EUR,12.50,12.50,Local", lines[1]);
        Assert.Equal("""s-2,CP1,2,"'=HYPERLINK(""http://x"")",default,ended,""", lines[2][..52]);
        Assert.EndsWith(",JPY,7,0,\"a,\"\"b\"\"\n\"", lines[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49 30", "'+49 30")]
    [InlineData("-5", "'-5")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("a=b", "a=b")]
    public void CsvCell_ThatWouldBeAFormula_IsText(string text, string cell) => Assert.Equal(cell, CsvExport.Escape(text));

    [Fact]
    public async Task Workbook_OfSessions_HasTextsNumbersAndDates()
    {
        using var zip = new ZipArchive(new MemoryStream(await WriteAsync("xlsx")));
        await using var sheet = zip.GetEntry("xl/worksheets/sheet1.xml")!.Open();

        var rows = XDocument.Load(sheet).Descendants().Where(e => e.Name.LocalName == "row").Select(r => r.Elements().ToList()).ToList();

        Assert.Equal(3, rows.Count);
        Assert.Equal(("sessionId", "12.5", "12.5"), (rows[0][0].Value, rows[1][14].Value, rows[1][15].Value));
        Assert.Equal(("=HYPERLINK(\"http://x\")", "inlineStr"), (rows[2][3].Value, rows[2][3].Attribute("t")?.Value));
        Assert.DoesNotContain(rows.SelectMany(r => r.Descendants()), e => e.Name.LocalName == "f");
        Assert.Equal(Noon.UtcDateTime.ToOADate(), double.Parse(rows[1][8].Value, System.Globalization.CultureInfo.InvariantCulture), 9);
    }

    [Fact]
    public async Task Parquet_OfSessions_GivesBackTypedValues()
    {
        var read = await ParquetSerializer.DeserializeUntypedAsync(new MemoryStream(await WriteAsync("parquet")));

        Assert.Equal(2, read.Data.Count);
        var (usual, odd) = (read.Data[0], read.Data[1]);
        Assert.Equal((12.5m, 20_000L, Noon.UtcDateTime), ((decimal)usual["paid"]!, (long)usual["energyWh"]!, (DateTime)usual["endedAt"]!));
        Assert.Equal(7m, odd["billed"]);
        Assert.Null(odd.GetValueOrDefault("startedAt") ?? odd.GetValueOrDefault("waitSeconds"));
    }

    private static async Task<byte[]> WriteAsync(string ending)
    {
        using var stream = new MemoryStream();
        await ExportFormat.All.Single(f => f.Ending == ending).WriteAsync(stream, new[] { Usual, Odd }.ToAsyncEnumerable(), CancellationToken.None);
        return stream.ToArray();
    }
}
