using System.Globalization;
using Spectre.Console;

namespace Voltwright.Cli.Demo;

/// <summary>Tells the story as it happens, with the time since it began.</summary>
internal sealed class Teller(IAnsiConsole console, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();

    public TimeSpan Elapsed => time.GetElapsedTime(_began);

    public void Chapter(string title)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{title}[/]");
    }

    public void Say(string what) => console.MarkupLineInterpolated($"  [grey]{Clock()}[/]  {what}");

    public void Done(string what) => console.MarkupLineInterpolated($"  [grey]{Clock()}[/]  [green]{what}[/]");

    public void Failed(string what) => console.MarkupLineInterpolated($"  [grey]{Clock()}[/]  [red]{what}[/]");

    public static string Money(long minorUnits, string currency) =>
        string.Create(CultureInfo.InvariantCulture, $"{minorUnits / 100m:0.00} {currency}");

    public static string Energy(long wattHours) => string.Create(CultureInfo.InvariantCulture, $"{wattHours / 1000m:0.000} kWh");

    private string Clock() => string.Create(CultureInfo.InvariantCulture, $"{Elapsed.TotalSeconds,7:0.000} s");
}
