using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1Alpha;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations.Grpc;

/// <summary>Asks a server what its services look like (gRPC Server Reflection).</summary>
internal static class ServerReflection
{
    public static async Task<IReadOnlyList<FileDescriptor>> AskAsync(CallInvoker invoker, string service, Metadata metadata, CancellationToken cancellation)
    {
        var client = new global::Grpc.Reflection.V1Alpha.ServerReflection.ServerReflectionClient(invoker);
        using var call = client.ServerReflectionInfo(metadata, cancellationToken: cancellation);
        var files = new FileDescriptorSet();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var missing = new Queue<ServerReflectionRequest>([new ServerReflectionRequest { FileContainingSymbol = service }]);
        while (missing.TryDequeue(out var request))
        {
            if (request.FileByFilename is { Length: > 0 } name && known.Contains(name))
                continue;
            await call.RequestStream.WriteAsync(request, cancellation);
            if (!await call.ResponseStream.MoveNext(cancellation))
                throw new InvocationException(InvocationFailure.Communication, "The server ended the conversation about its services.", 502);
            var answer = call.ResponseStream.Current;
            if (answer.FileDescriptorResponse is null)
            {
                throw new InvocationException(
                    InvocationFailure.Configuration, $"The server does not describe '{service}': {answer.ErrorResponse?.ErrorMessage}");
            }

            foreach (var bytes in answer.FileDescriptorResponse.FileDescriptorProto)
            {
                var file = FileDescriptorProto.Parser.ParseFrom(bytes);
                if (!known.Add(file.Name))
                    continue;
                files.File.Add(file);
                foreach (var dependency in file.Dependency)
                    missing.Enqueue(new ServerReflectionRequest { FileByFilename = dependency });
            }
        }

        await call.RequestStream.CompleteAsync();
        return ProtoText.Build(files);
    }
}
