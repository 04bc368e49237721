using System.Text.RegularExpressions;
using Voltwright.Health;
using Voltwright.Server.Console.Layout;
using Voltwright.Testing;

namespace Voltwright.Console.Tests.Pages;

public sealed partial class WordTests
{
    [Fact]
    public void Words_OfAllPages_AreThereInGerman()
    {
        var german = Words.For("de", null);
        var server = Path.Combine(Repository.Root, "src", "Voltwright.Server");
        var missing = from folder in (string[])["Console", "Driver"]
                      from file in Directory.EnumerateFiles(Path.Combine(server, folder), "*", SearchOption.AllDirectories)
                      where Path.GetExtension(file) is ".razor" or ".cs"
                      from Match match in Word().Matches(File.ReadAllText(file))
                      let word = match.Groups[1].Value
                      where german[word] == word && word is not ("Live" or "Name" or "Code" or "Editor" or "Firmware" or "Station" or "Status" or "Text" or "Version")
                      select $"{Path.GetFileName(file)}: {word}";
        Assert.Empty(missing.Where(m => !m.EndsWith(": The CloudEvent", StringComparison.Ordinal)).Distinct());
    }

    [Fact]
    public void Explanations_OfAllFaults_AreThereInGerman()
    {
        var german = Words.For("de", null);
        Assert.DoesNotContain(Explanations.All.SelectMany(e => new[] { e.Meaning, e.Remedy }), text => german[text] == text);
    }

    [Theory]
    [InlineData("de", 1234567.891, "1.234.567,89")]
    [InlineData("en", 1234567.891, "1,234,567.89")]
    public void Number_InALanguage_HasItsSeparators(string language, double value, string text) =>
        Assert.Equal(text, new Format(language).Number((decimal)value, 2));

    [Theory]
    [InlineData(1950, "EUR", "19,50 EUR")]
    [InlineData(1950, "JPY", "1.950 JPY")]
    [InlineData(1950, "KWD", "1,950 KWD")]
    [InlineData(0.5, "EUR", "0,005 EUR")]
    public void Money_InMinorUnits_ShowsTheCurrencysOwn(double minor, string currency, string text) =>
        Assert.Equal(text, new Format("de").Money((decimal)minor, currency));

    [Theory]
    [InlineData("25", "EUR", 2500L)]
    [InlineData("25,5", "EUR", 2550L)]
    [InlineData("0.005", "EUR", null)]
    [InlineData("-3", "EUR", null)]
    [InlineData("1e3", "EUR", null)]
    [InlineData("7", "JPY", 7L)]
    [InlineData("1.000", "EUR", null)]
    [InlineData("1,000", "KWD", 1000L)]
    public void Amount_AsPeopleTypeIt_IsReadOrRefused(string text, string currency, long? minor) =>
        Assert.Equal(minor, Amounts.ReadMinor(text, currency));

    [Theory]
    [InlineData(0.2, "200 ms")]
    [InlineData(2.5, "2.5 s")]
    [InlineData(65, "1 min 05 s")]
    [InlineData(7260, "2 h 01 min")]
    public void Span_OfAnyLength_IsReadable(double seconds, string text) =>
        Assert.Equal(text, new Format("en").Span(TimeSpan.FromSeconds(seconds)));

    [GeneratedRegex("(?:\\bT|\\bt|Words)\\[\"((?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex Word();
}
