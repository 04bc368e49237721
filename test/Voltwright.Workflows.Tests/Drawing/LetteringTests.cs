using Voltwright.Workflows.Drawing;
using Xunit;

namespace Voltwright.Workflows.Tests.Drawing;

public sealed class LetteringTests
{
    [Theory]
    [InlineData("com.ev-power-supplier.charging-station.session-started.v1")]
    [InlineData("ev-power-supplier.com/api/v2/stations/{stationId}/leds/{slotNumber}")]
    [InlineData("a few plain words that are longer than a line can be")]
    [InlineData("Donaudampfschifffahrtsgesellschaftskapitän")]
    [InlineData("漢字漢字漢字漢字漢字漢字漢字 😀😀😀😀😀😀")]
    public void Wrap_OfLongText_KeepsEveryLineInItsWidthAndLosesNothing(string text)
    {
        var lines = Lettering.Note.Wrap(text, 120, 20);

        Assert.True(lines.Count > 1);
        Assert.All(lines, l => Assert.True(Lettering.Note.Measure(l) <= 120, l));
        Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Wrap_OfMoreThanTheLines_EndsInAnEllipsis() =>
        Assert.EndsWith("…", Lettering.Code.Wrap(new string('x', 500), 100, 3)[^1], StringComparison.Ordinal);

    [Fact]
    public void Wrap_OfText_BreaksAtSpacesAndBeforeSlashes()
    {
        Assert.Equal(["one two", "three"], Lettering.Code.Wrap("one two three", 70, 3));
        Assert.Equal(["host.example", "/path/here"], Lettering.Code.Wrap("host.example/path/here", 90, 3));
    }
}
