using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Voltwright.Tests.Chargers;

namespace Voltwright.Tests.Automation.Invocations.Grpc;

/// <summary>A real gRPC service on loopback, made from the same <c>.proto</c> by Google's compiler.</summary>
internal sealed class FakeChargers : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeChargers(WebApplication app) => _app = app;

    public int Port => new Uri(_app.Urls.First()).Port;

    public ConcurrentQueue<Metadata> Headers => _app.Services.GetRequiredService<ConcurrentQueue<Metadata>>();

    public static async Task<FakeChargers> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(k => k.ConfigureEndpointDefaults(e => e.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddGrpcReflection();
        builder.Services.AddSingleton(new ConcurrentQueue<Metadata>());
        var app = builder.Build();
        app.MapGrpcService<Service>();
        app.MapGrpcReflectionService();
        await app.StartAsync();
        return new FakeChargers(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    internal sealed class Service(ConcurrentQueue<Metadata> headers) : Chargers.Chargers.ChargersBase
    {
        public override async Task<Answer> Ask(Question request, ServerCallContext context)
        {
            headers.Enqueue(context.RequestHeaders);
            if (System.Enum.TryParse<StatusCode>(request.Station, out var code))
                throw new RpcException(new Status(code, $"because of {request.Station}"));
            if (request.Station == "never")
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.CancellationToken);
            return new Answer { Text = $"Hello, {request.Station}", Total = request.Count };
        }

        public override Task<Everything> Echo(Everything request, ServerCallContext context) => Task.FromResult(request);

        public override Task<Empty> Nothing(Empty request, ServerCallContext context) => Task.FromResult(request);

        public override async Task Watch(Question request, IServerStreamWriter<Answer> responseStream, ServerCallContext context)
        {
            for (var i = 0; i < request.Count; i++)
                await responseStream.WriteAsync(new Answer { Text = request.Station, Total = i });
        }

        public override async Task<Answer> Add(IAsyncStreamReader<Question> requestStream, ServerCallContext context)
        {
            var total = 0;
            await foreach (var question in requestStream.ReadAllAsync())
                total += question.Count;
            return new Answer { Total = total };
        }

        public override async Task Chat(IAsyncStreamReader<Question> requestStream, IServerStreamWriter<Answer> responseStream, ServerCallContext context)
        {
            await foreach (var question in requestStream.ReadAllAsync())
                await responseStream.WriteAsync(new Answer { Text = question.Station });
        }
    }
}
