using System.Text;
using Voltwright.Server.Console.Layout;
using Voltwright.Server.Console.Sessions;
using Voltwright.Sessions;
using Voltwright.Tariffs;

namespace Voltwright.Console.Tests.Pages;

public sealed class ReceiptTests
{
    private static readonly Tariff Tariff = new() { Currency = "EUR", PerKwh = 49, SessionFee = 100, TaxPercent = 20 };

    private static readonly TimeZoneInfo Vienna = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");

    private static Session Paid(string card) => new()
    {
        Id = "s-1", StationId = "harbour", SlotNumber = 2, CardId = card, Status = SessionStatus.Paid, Tariff = Tariff, EnergyWh = 12_345,
        StartedAt = DateTimeOffset.UnixEpoch, EndedAt = DateTimeOffset.UnixEpoch.AddHours(1), Price = Tariff.Bill(new Usage(true, 12_345, 3600, 0)),
    };

    [Fact]
    public void Receipt_OfASession_NamesEveryLineAndTheTotal()
    {
        var text = Text(Receipt.Write(Paid("ANNA"), Words.For("de", null), new Format("de"), Vienna));
        string[] parts = ["Beleg", "harbour, Platz 2", "ANNA", "12,345 kWh", "6,05 EUR", "1,00 EUR", "20 %", "8,46 EUR", "Summe", "01.01.1970 02:00:00 Europe/Vienna"];
        foreach (var part in parts)
            Assert.Contains($"{part}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Receipt_WithSignsOfPdf_KeepsThemText()
    {
        var text = Text(Receipt.Write(Paid("A) Tj ET (\\B"), Words.For("en", null), new Format("en"), Vienna));
        Assert.Contains("(A\\) Tj ET \\(\\\\B) Tj", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Receipt_AsAFile_PointsToItsParts()
    {
        var bytes = Receipt.Write(Paid("ANNA"), Words.For("en", null), new Format("en"), Vienna);
        var text = Text(bytes);
        Assert.StartsWith("%PDF-1.4\n", text, StringComparison.Ordinal);
        var table = Number(text[(text.IndexOf("startxref\n", StringComparison.Ordinal) + 10)..].Split('\n')[0]);
        Assert.Equal("xref", text.Substring(table, 4));
        var places = text[table..].Split('\n').Where(l => l.EndsWith(" 00000 n ", StringComparison.Ordinal)).Select(l => Number(l[..10]));
        Assert.All(places.Index(), p => Assert.StartsWith($"{p.Index + 1} 0 obj", text[p.Item..], StringComparison.Ordinal));
    }

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(byte[] pdf) => Encoding.Latin1.GetString(pdf);
}
