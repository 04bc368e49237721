using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.OpenApi;
using Orleans.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Scalar.AspNetCore;
using Voltwright.Cluster;

namespace Voltwright.Server.Operations;

/// <summary>What operators and their tools look at: probes, metrics, the API's description.</summary>
internal static class OperationEndpoints
{
    private const string TraceCollector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>How long what is under way may take to end, once nobody is sent here any more.</summary>
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(30);

    public static void AddOperations(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<HostOptions>().Configure<ServerOptions>((host, server) => host.ShutdownTimeout = server.Drain + EndWithin);
        builder.Services.AddHostedService<Gauges>();
        builder.Services.AddSingleton<Draining>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Draining>());
        builder.Services.AddHealthChecks().AddCheck<StoreHealth>("store", tags: ["ready"]).AddCheck<Draining>("draining", tags: ["ready"]);
        AddTelemetry(builder);
        builder.Services.AddOpenApi("v2", openApi =>
        {
            openApi.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            openApi.AddDocumentTransformer<ApiDescription>();
        });
    }

    private static void AddTelemetry(WebApplicationBuilder builder)
    {
        // OpenTelemetry's own switch: then nothing is measured, and /metrics is empty.
        if (string.Equals(builder.Configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase))
        {
            builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddPrometheusExporter());
            return;
        }

        var telemetry = builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", Telemetry.Name)
            .AddPrometheusExporter());

        // Nobody pays for traces that nobody collects. The exporter reads its other settings, OTEL_*, by itself.
        if (builder.Configuration[TraceCollector] is { Length: > 0 })
        {
            telemetry.ConfigureResource(resource => resource.AddService("voltwright"))
                .WithMetrics(metrics => metrics.AddOtlpExporter())
                .WithTracing(tracing => tracing
                    .AddSource(Telemetry.Name, "Microsoft.AspNetCore").AddOtlpExporter());
            builder.UseOrleans(silo => silo.AddOutgoingGrainCallFilter<TracedCalls>().AddIncomingGrainCallFilter<TracedCalls>());
        }
    }

    public static void MapOperations(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous();
        app.MapPrometheusScrapingEndpoint("/metrics").AllowAnonymous();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapScalarApiReference("/docs", docs => docs.WithTitle("Voltwright API").AddDocument("v2").DisableDefaultFonts()).AllowAnonymous();
    }
}
