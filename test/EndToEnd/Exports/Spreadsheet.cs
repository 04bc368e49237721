using System.Globalization;
using System.Xml.Linq;
using Voltwright.Testing;

namespace Voltwright.EndToEnd.Exports;

/// <summary>The first sheet of a file as LibreOffice Calc has it after opening it: with what it takes for a number, a date or a text.</summary>
internal sealed class Spreadsheet
{
    public static readonly Installed Program = new("/usr/bin/soffice", "libreoffice-calc-nogui");
    private static readonly XNamespace Table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
    private static readonly XNamespace Office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";

    private readonly List<List<Cell>> _rows;

    private Spreadsheet(List<List<Cell>> rows) => _rows = rows;

    /// <summary>Of the rows below the header, which is left out.</summary>
    public int Count => _rows.Count - 1;

    public static async Task<Spreadsheet> OpenAsync(byte[] content, string ending)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, $"sessions.{ending}");
        await File.WriteAllBytesAsync(file, content);
        // A profile of its own: two that share one wait for each other.
        var said = await Program.RunAsync(
            $"-env:UserInstallation=file://{folder.Path}/profile", "--headless", "--convert-to", "fods", "--outdir", folder.Path, file);
        var opened = Path.Combine(folder.Path, "sessions.fods");
        Assert.True(File.Exists(opened), $"LibreOffice did not open the {ending}: {said}");
        var rows = XDocument.Load(opened).Descendants(Table + "table").First().Descendants(Table + "table-row").Select(Cells);
        return new Spreadsheet([.. rows.Where(r => r.Count > 0)]);
    }

    public IEnumerable<string> Texts(string column) => Column(column, "string").Select(c => c.Text);

    /// <summary>Fails where one of the cells is no number to the program.</summary>
    public decimal Sum(string column) => Column(column, "float").Sum(c => decimal.Parse(c.Value!, CultureInfo.InvariantCulture));

    /// <summary>Fails where one of the cells is no date to the program.</summary>
    public IEnumerable<string> Dates(string column) => Column(column, "date").Select(c => c.Value!);

    private List<Cell> Column(string name, string type)
    {
        var index = _rows[0].FindIndex(c => c.Text == name);
        Assert.True(index >= 0, $"There is no column {name}: {string.Join(", ", _rows[0].Select(c => c.Text))}");
        var cells = _rows.Skip(1).Select(r => r[index]).ToList();
        Assert.All(cells, c => Assert.Equal((type, null), (c.Type, c.Formula)));
        return cells;
    }

    // Equal neighbours are written once, with their number; so is the empty rest of a row.
    private static List<Cell> Cells(XElement row)
    {
        var cells = row.Elements(Table + "table-cell").SelectMany(c => Enumerable.Repeat(Of(c), (int?)c.Attribute(Table + "number-columns-repeated") ?? 1)).ToList();
        return cells.Take(cells.FindLastIndex(c => c.Type is not null) + 1).ToList();
    }

    private static Cell Of(XElement cell) => new(
        (string?)cell.Attribute(Office + "value-type"), (string?)cell.Attribute(Office + "value") ?? (string?)cell.Attribute(Office + "date-value"),
        cell.Value.Trim(), (string?)cell.Attribute(Table + "formula"));

    private sealed record Cell(string? Type, string? Value, string Text, string? Formula);
}
