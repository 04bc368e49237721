using System.Collections.Frozen;
using System.Reflection;

namespace Voltwright.Server.Console.Layout;

/// <summary>The console's words: English as they stand in the pages, other languages from a list of lines <c>English = Other</c>.</summary>
public sealed class Words
{
    private static readonly Words English = new("en", FrozenDictionary<string, string>.Empty);
    private static readonly Lazy<Words> German = new(() => new Words("de", Read("de.words")));
    private readonly FrozenDictionary<string, string> _words;

    private Words(string language, FrozenDictionary<string, string> words) => (Language, _words) = (language, words);

    /// <summary><c>en</c> or <c>de</c>.</summary>
    public string Language { get; }

    /// <summary>A word that the list does not have stays English.</summary>
    public string this[string english] => _words.GetValueOrDefault(english, english);

    /// <summary>A sentence with places {0}, {1}, … for values.</summary>
    public string this[string english, params ReadOnlySpan<object?> values] =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, this[english], values);

    /// <summary>What was chosen, else what the browser asks for first, else English.</summary>
    public static Words For(string? chosen, string? accepted) => chosen switch
    {
        "de" => German.Value,
        "en" => English,
        _ => accepted?.TrimStart().StartsWith("de", StringComparison.OrdinalIgnoreCase) == true ? German.Value : English,
    };

    private static FrozenDictionary<string, string> Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Voltwright.Server.Console.Assets.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n').Select(line => line.Split(" = ", 2)).Where(pair => pair.Length == 2)
            .ToFrozenDictionary(pair => pair[0], pair => pair[1].TrimEnd(), StringComparer.Ordinal);
    }
}
