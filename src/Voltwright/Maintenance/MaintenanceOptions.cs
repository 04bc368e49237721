namespace Voltwright.Maintenance;

public sealed record MaintenanceOptions
{
    /// <summary>Where received files are kept.</summary>
    public string Folder { get; init; } = Path.Combine("voltwright-data", "uploads");

    /// <summary>How long a station may use the address that it was given.</summary>
    public TimeSpan UploadWindow { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Of one file.</summary>
    public long MaxUploadBytes { get; init; } = 64L * 1024 * 1024;

    /// <param name="name">As we made it up: a name from outside never becomes a path.</param>
    internal FileInfo FileOf(string transferId, string name) => new(Path.GetFullPath(Path.Combine(Folder, transferId, name)));
}
