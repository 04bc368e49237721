using System.Text;
using Voltwright.Jq;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations;

/// <summary>Reads external resources from where HTTP calls may go, and from one folder.</summary>
/// <param name="folder">Null: no files at all.</param>
internal sealed class ResourceReader(HttpCaller caller, string? folder) : IResources
{
    public async Task<string> ReadAsync(JsonValue resource, CancellationToken cancellation)
    {
        var address = Resource.AddressOf(resource);
        if (address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            return await FetchAsync(address, RequestAuthorization.Read(resource["endpoint"]["authentication"]), cancellation);
        if (folder is null)
        {
            throw new InvocationException(
                InvocationFailure.Authorization, $"The resource '{address}' is a file, and this server gives no folder of files to workflows.");
        }

        try
        {
            return await File.ReadAllTextAsync(PathOf(address, folder), cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvocationException(InvocationFailure.Configuration, $"The resource '{address}' cannot be read: {e.Message}", null, e);
        }
    }

    private async Task<string> FetchAsync(string address, HttpAuthorization? authorization, CancellationToken cancellation)
    {
        var request = new HttpRequestSpec("GET", address, JsonObject.Empty, default, null, authorization, true);
        var answer = await caller.CallAsync(new CallHttp("resource", "resource", request), cancellation) switch
        {
            HttpAnswered answered => answered,
            HttpFailed failed => throw InvocationErrors.Of(failed),
            _ => throw new OperationCanceledException(cancellation),
        };
        return answer.Status is >= 200 and <= 299 ? Encoding.UTF8.GetString(answer.Body.Span)
            : throw new InvocationException(InvocationFailure.Communication, $"The resource '{address}' answered with status {answer.Status}.", answer.Status);
    }

    // file://app/greet.proto names no machine 'app': everything after the slashes is a path in the folder.
    private static string PathOf(string address, string folder)
    {
        var name = address.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(address[5..]) : address;
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;
        var trimmed = name.TrimStart('/');
        var path = Path.GetFullPath(Path.Combine(root, trimmed));
        var absolute = Path.GetFullPath("/" + trimmed);
        if (!File.Exists(path) && absolute.StartsWith(root, StringComparison.Ordinal))
            path = absolute;
        return path.StartsWith(root, StringComparison.Ordinal) ? path
            : throw new InvocationException(InvocationFailure.Authorization, $"The resource '{address}' lies outside the folder of resources.");
    }
}
