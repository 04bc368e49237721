using System.Globalization;
using System.Text;
using Voltwright.Server.Console.Layout;
using Voltwright.Server.Console.Overview;
using Voltwright.Stations;
using Session = Voltwright.Sessions.Session;

namespace Voltwright.Server.Console.Sessions;

/// <summary>A session's receipt as a PDF of one page, in the fonts that every reader has.</summary>
/// <remarks>PDF 1.4: an object each for catalogue, page list, page, two fonts and the text; WinAnsi characters.</remarks>
internal static class Receipt
{
    private const int Left = 60;
    private const int Middle = 330;
    private const int Right = 535;

    /// <summary>To download, with times by the clocks of the site at which the station stands.</summary>
    public static async Task<IResult> FileAsync(Session session, Frame frame, Fleet fleet, SiteCatalog sites, CancellationToken cancellation)
    {
        var site = await sites.FindAsync((await fleet.LookAsync(cancellation)).SiteOf(session.StationId), cancellation);
        var zone = site is not null && TimeZoneInfo.TryFindSystemTimeZoneById(site.TimeZone, out var its) ? its : TimeZoneInfo.Utc;
        return TypedResults.Bytes(Write(session, frame.Words, frame.Format, zone), "application/pdf", $"receipt-{session.Id}.pdf");
    }

    public static byte[] Write(Session session, Words t, Format f, TimeZoneInfo zone)
    {
        var text = new StringBuilder();
        var y = 770;
        Say(text, Left, y, "F2", 20, t["Receipt"]);
        Say(text, Left, y -= 26, "F1", 10, $"{t["Session"]} {session.Id}");
        y -= 20;
        foreach (var (name, value) in Facts(session, t, f, zone))
        {
            Say(text, Left, y -= 16, "F1", 10, name);
            Say(text, Left + 130, y, "F1", 10, value);
        }

        y -= 24;
        var price = session.Price!;
        foreach (var line in price.Lines)
        {
            y -= 18;
            Say(text, Left, y, "F1", 11, t[line.Kind].Replace('-', ' '));
            SayRight(text, Middle + 70, y, "F1", 10, Count(line, price.Currency, f));
            SayRight(text, Right, y, "F1", 11, f.Money(line.Amount, price.Currency));
        }

        text.Append(CultureInfo.InvariantCulture, $"0.6 w {Left} {y - 8} m {Right} {y - 8} l S\n");
        Say(text, Left, y -= 26, "F2", 12, t["Total"]);
        SayRight(text, Right, y, "F2", 12, f.Money(price.Amount, price.Currency));
        if (session.Payment is { } payment)
            Say(text, Left, y - 24, "F1", 10, $"{t["Payment"]}: {t[payment.Status]} ({payment.Id})");
        return Assemble(text.ToString());
    }

    private static IEnumerable<(string Name, string Value)> Facts(Session session, Words t, Format f, TimeZoneInfo zone)
    {
        yield return (t["Station"], string.Create(CultureInfo.InvariantCulture, $"{session.StationId}, {t["slot"]} {session.SlotNumber}"));
        yield return (t["Card"], session.CardId);
        if (session.StartedAt is { } start)
            yield return (t["Charging since"], f.Time(start, zone));
        if (session.EndedAt is { } end)
            yield return (t["Ended"], f.Time(end, zone));
        yield return (t["Energy"], f.Energy(session.EnergyWh));
    }

    private static string Count(Voltwright.Tariffs.PriceLine line, string currency, Format f) => line.Unit switch
    {
        "percent" => $"{f.Exact(line.Quantity)} %",
        "session" => "",
        _ => $"{f.Exact(line.Quantity)} {line.Unit} × {f.Money(line.UnitPrice, currency)}",
    };

    private static void Say(StringBuilder text, int x, int y, string font, int size, string what) =>
        text.Append(CultureInfo.InvariantCulture, $"BT /{font} {size} Tf {x} {y} Td ({Escape(what)}) Tj ET\n");

    private static void SayRight(StringBuilder text, int right, int y, string font, int size, string what) =>
        Say(text, right - (int)Math.Ceiling(WidthOf(what) * size / 1000), y, font, size, what);

    // Helvetica's widths in thousandths, near enough to set amounts to the right: digits, narrow signs, the rest.
    private static double WidthOf(string text) => text.Sum(c => char.IsAsciiDigit(c) ? 556 : c is '.' or ',' or ' ' ? 278 : char.IsUpper(c) ? 690 : 540);

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text)
        {
            var shown = c is '→' ? '>' : c < ' ' || c > 'ÿ' ? '?' : c;
            if (shown is '(' or ')' or '\\')
                escaped.Append('\\');
            escaped.Append(shown);
        }

        return escaped.ToString();
    }

    private static byte[] Assemble(string text)
    {
        string[] objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R/F2 5 0 R>>>>/Contents 6 0 R>>",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
            string.Create(CultureInfo.InvariantCulture, $"<</Length {text.Length}>>\nstream\n{text}\nendstream"),
        ];
        var pdf = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>();
        foreach (var (index, body) in objects.Index())
        {
            places.Add(pdf.Length);
            pdf.Append(CultureInfo.InvariantCulture, $"{index + 1} 0 obj\n{body}\nendobj\n");
        }

        var table = pdf.Length;
        pdf.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var place in places)
            pdf.Append(CultureInfo.InvariantCulture, $"{place:0000000000} 00000 n \n");
        pdf.Append(CultureInfo.InvariantCulture, $"trailer<</Size {objects.Length + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(pdf.ToString());
    }
}
