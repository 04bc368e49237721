namespace Voltwright.Server.Console.Layout;

/// <summary>Forms that change something carry beside each field what it was when the page was read: <c>was-label</c> beside <c>label</c>.</summary>
internal static class FormChanges
{
    /// <summary>What a field was changed to; null when it is as it was, since others may have changed it meanwhile.</summary>
    public static string? Changed(this IFormCollection form, string field) =>
        form[field] is [{ } now] && now != form[$"was-{field}"] ? now : null;
}
