using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Voltwright.Server.Operations;

/// <summary>What the API's description says beyond its endpoints: its name, how to authenticate, no address of one installation.</summary>
internal sealed class ApiDescription : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Voltwright supplier API",
            Version = "v2",
            Description = "Energy in Wh, power in W, money in minor units with its currency, times in RFC 3339 UTC. "
                + "Errors are problem details (RFC 9457) with a stable type. Writes take an Idempotency-Key.",
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
        return Task.CompletedTask;
    }
}
