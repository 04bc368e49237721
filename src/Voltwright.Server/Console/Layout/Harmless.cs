namespace Voltwright.Server.Console.Layout;

/// <summary>Marks what is posted only for its length and changes nothing: it needs no line in the audit trail.</summary>
internal sealed class Harmless
{
    public static readonly Harmless Mark = new();
}
