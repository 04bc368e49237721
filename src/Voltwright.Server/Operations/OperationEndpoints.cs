using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.OpenApi;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Scalar.AspNetCore;
using Voltwright.Automation;

namespace Voltwright.Server.Operations;

/// <summary>What operators and their tools look at: probes, metrics, the API's description.</summary>
internal static class OperationEndpoints
{
    private const string TraceCollector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddOperations(this WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddCheck<StoreHealth>("store", tags: ["ready"]);
        var telemetry = builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", Telemetry.Name)
            .AddPrometheusExporter());

        // Nobody pays for traces that nobody collects. The exporter reads its other settings, OTEL_*, by itself.
        if (builder.Configuration[TraceCollector] is { Length: > 0 })
        {
            telemetry.ConfigureResource(resource => resource.AddService("voltwright"))
                .WithTracing(tracing => tracing.AddSource(Telemetry.Name, "Microsoft.AspNetCore").AddOtlpExporter());
        }

        builder.Services.AddOpenApi("v2", openApi =>
        {
            openApi.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            openApi.AddDocumentTransformer<ApiDescription>();
        });
    }

    public static void MapOperations(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous();
        app.MapPrometheusScrapingEndpoint("/metrics").AllowAnonymous();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapScalarApiReference("/docs", docs => docs.WithTitle("Voltwright API").AddDocument("v2")).AllowAnonymous();
    }
}
