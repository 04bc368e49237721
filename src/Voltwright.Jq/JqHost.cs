namespace Voltwright.Jq;

/// <summary>What one run of a program may ask of the world around it: further inputs, the place they come from.</summary>
public sealed class JqHost
{
    /// <summary>Nothing to ask.</summary>
    public static JqHost None { get; } = new();

    /// <summary>The next input for <c>input</c>, or null when there are no more.</summary>
    public Func<JsonValue?>? NextInput { get; init; }

    /// <summary>The line the last input ended on (<c>input_line_number</c>).</summary>
    public Func<int>? LineNumber { get; init; }

    /// <summary>Where the current input comes from (<c>input_filename</c>).</summary>
    public Func<string?>? FileName { get; init; }
}
