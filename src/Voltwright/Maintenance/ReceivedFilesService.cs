using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Runtime.Services;

namespace Voltwright.Maintenance;

internal sealed class ReceivedFilesService(GrainId id, Silo silo, ILoggerFactory loggers, MaintenanceOptions options)
    : GrainService(id, silo, loggers), IReceivedFiles
{
    public Task<long?> Length(string transferId, string name) =>
        Task.FromResult(options.FileOf(transferId, name) is { Exists: true } file ? file.Length : default(long?));

    public async Task<byte[]> Read(string transferId, string name, long offset, int count)
    {
        if (options.FileOf(transferId, name) is not { Exists: true } file)
            return [];
        await using var content = file.OpenRead();
        content.Position = offset;
        var buffer = new byte[Math.Clamp(content.Length - offset, 0, count)];
        return buffer[..await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false)];
    }
}

/// <summary>Reaches the files of a certain node.</summary>
public sealed class ReceivedFilesClient(IServiceProvider services) : GrainServiceClient<IReceivedFiles>(services)
{
    public IReceivedFiles Of(SiloAddress node) => GetGrainService(node);
}
