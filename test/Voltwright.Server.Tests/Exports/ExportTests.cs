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
    private static readonly TimeZoneInfo Vienna = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");

    /// <summary>In Vienna, where the station stands, it is half past midnight.</summary>
    private static readonly DateTimeOffset Late = new(2026, 3, 1, 23, 30, 0, TimeSpan.Zero);

    private static readonly SessionFact Usual = new(
        "s-1", "CP1", 2, "TAG1", "default", "paid", Late.AddMinutes(-62), Late.AddHours(-1), Late, 20_000, 60, "EUR", 1250, 1250, "Local");

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
            "s-1,CP1,2,TAG1,default,paid,2026-03-01T23:28:00+01:00,2026-03-01T23:30:00+01:00,2026-03-02T00:30:00+01:00,2026-03-02,Europe/Vienna,"
            + "20000,3600,60,120,EUR,12.50,12.50,Local", lines[1]);
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
        Assert.Equal(("sessionId", "12.5", "12.5"), (rows[0][0].Value, rows[1][16].Value, rows[1][17].Value));
        Assert.Equal(("=HYPERLINK(\"http://x\")", "inlineStr"), (rows[2][3].Value, rows[2][3].Attribute("t")?.Value));
        Assert.DoesNotContain(rows.SelectMany(r => r.Descendants()), e => e.Name.LocalName == "f");
        Assert.Equal(Late.UtcDateTime.AddHours(1).ToOADate(), double.Parse(rows[1][8].Value, System.Globalization.CultureInfo.InvariantCulture), 9);
        Assert.Equal($"{new DateTime(2026, 3, 2).ToOADate()}", rows[1][9].Value);
    }

    [Fact]
    public async Task Parquet_OfSessions_GivesBackTypedValues()
    {
        var read = await ParquetSerializer.DeserializeUntypedAsync(new MemoryStream(await WriteAsync("parquet")));

        Assert.Equal(2, read.Data.Count);
        var (usual, odd) = (read.Data[0], read.Data[1]);
        Assert.Equal((12.5m, 20_000L, Late.UtcDateTime), ((decimal)usual["paid"]!, (long)usual["energyWh"]!, (DateTime)usual["endedAt"]!));
        Assert.Equal(new DateOnly(2026, 3, 2), DateOnly.FromDateTime((DateTime)usual["endedOn"]!));
        Assert.Equal(7m, odd["billed"]);
        Assert.Null(odd.GetValueOrDefault("startedAt") ?? odd.GetValueOrDefault("waitSeconds"));
    }

    [Fact]
    public async Task Workbook_WithWhatXmlHasNoPlaceFor_CanBeRead()
    {
        using var zip = new ZipArchive(new MemoryStream(await WriteAsync("xlsx", Usual with { StopReason = "a\uFFFE\uFFFF\0b" })));
        await using var sheet = zip.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        Assert.Contains("ab", XDocument.Load(sheet).Descendants().Select(e => e.Value));
    }

    [Fact]
    public async Task Parquet_OfACurrencyWithFourDecimals_KeepsThem()
    {
        var read = await ParquetSerializer.DeserializeUntypedAsync(
            new MemoryStream(await WriteAsync("parquet", Usual with { Currency = "CLF", Billed = 12345, Paid = 9 })));
        Assert.Equal((1.2345m, 0.0009m), ((decimal)read.Data[0]["billed"]!, (decimal)read.Data[0]["paid"]!));
    }

    private static async Task<byte[]> WriteAsync(string ending, params SessionFact[] sessions)
    {
        using var stream = new MemoryStream();
        var facts = (sessions.Length > 0 ? sessions : [Usual, Odd]).ToAsyncEnumerable();
        await ExportFormat.All.Single(f => f.Ending == ending).WriteAsync(stream, facts, Vienna, CancellationToken.None);
        return stream.ToArray();
    }
}
