using Orleans.Services;

namespace Voltwright.Maintenance;

/// <summary>The files that one node has received from stations, for the others.</summary>
public interface IReceivedFiles : IGrainService
{
    /// <summary>In bytes; null when that node has no such file.</summary>
    Task<long?> Length(string transferId, string name);

    /// <summary>Up to a number of bytes from a place in the file; none at its end, or when it is gone.</summary>
    Task<byte[]> Read(string transferId, string name, long offset, int count);
}
