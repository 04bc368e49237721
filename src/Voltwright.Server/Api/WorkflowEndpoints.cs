using Microsoft.Net.Http.Headers;
using Voltwright.Automation;
using Voltwright.Server.Auth;
using Voltwright.Server.Problems;
using Voltwright.Workflows.Findings;

namespace Voltwright.Server.Api;

internal static class WorkflowEndpoints
{
    private const string Yaml = "application/yaml";

    public static void MapWorkflows(this RouteGroupBuilder api)
    {
        var workflows = api.MapGroup("/workflows").WithTags("Workflows");
        workflows.MapPost("", DeployAsync).Allow(Access.Administer).Accepts<string>(Yaml, "application/json", "text/plain")
            .Produces<DeployedVersion>(201).Produces<DeployedVersion>()
            .WithSummary("Deploys a version of a workflow; a text with errors is refused with its findings");
        workflows.MapGet("", List).Allow(Access.Read).SameForAllSites().Produces<Listed<WorkflowVersion>>()
            .WithSummary("Lists all versions; events start the newest of each");
        workflows.MapGet("/{namespace}/{name}", Get).Allow(Access.Read).SameForAllSites().Produces<WorkflowSource>()
            .WithSummary("The newest version, with its text");
        workflows.MapGet("/{namespace}/{name}/{version}", Get).Allow(Access.Read).SameForAllSites().Produces<WorkflowSource>()
            .WithSummary("One version, with its text; 'Accept: application/yaml' gives the text alone");
        workflows.MapDelete("/{namespace}/{name}/{version}", RemoveAsync).Allow(Access.Administer).Produces(204)
            .WithSummary("Removes a version that no unfinished run needs");
        workflows.MapPost("/{namespace}/{name}/runs", RunEndpoints.StartAsync).Allow(Access.Operate).Produces<RunEndpoints.StartedRun>(201)
            .WithSummary("Starts a run with the body as its input");
    }

    private static async Task<IResult> DeployAsync(HttpRequest request, WorkflowCatalog catalog, CancellationToken cancellation)
    {
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(cancellation);
        return await catalog.DeployAsync(text, "workflow", cancellation) switch
        {
            Deployment.Done done => Deployed(done),
            Deployment.Conflict conflict => Problem.From(new Refusal(RefusalKind.AlreadyExists, conflict.Detail)).ToResult(),
            Deployment.Invalid invalid => Invalid(invalid.Findings).ToResult(),
            var other => throw new InvalidOperationException($"No answer stands for {other}."),
        };
    }

    private static IResult Deployed(Deployment.Done done)
    {
        var id = done.Workflow.Id;
        var version = new DeployedVersion(id.Namespace, id.Name, id.Version, done.Workflow.DeployedAt, Show(done.Findings));
        return done.IsNew ? TypedResults.Created($"/api/v2/workflows/{id.Namespace}/{id.Name}/{id.Version}", version)
            : TypedResults.Ok(version);
    }

    private static Problem Invalid(IReadOnlyList<Finding> findings)
    {
        var errors = findings.Where(f => f.Severity == FindingSeverity.Error).ToList();
        var places = string.Join(" ", errors.Select(e => $"{e.Line}:{e.Column} {e.Message}"));
        var detail = $"{errors.Count} error{(errors.Count == 1 ? "" : "s")}: {places}";
        return Problem.Of("workflow-invalid", "The workflow has errors", 400, detail) with { Findings = Show(findings) };
    }

    private static IResult List(WorkflowCatalog catalog) =>
        TypedResults.Ok(new Listed<WorkflowVersion>([.. catalog.All.Select(Show)], null));

    private static IResult Get(string @namespace, string name, HttpRequest request, WorkflowCatalog catalog)
    {
        var version = request.RouteValues["version"] as string;
        if (catalog.Find(@namespace, name, version) is not { } workflow)
            return Problem.NotFound($"{@namespace}/{name} {version} is not deployed.").ToResult();
        if (request.Headers[HeaderNames.Accept].ToString().Contains("yaml", StringComparison.OrdinalIgnoreCase))
            return TypedResults.Text(workflow.Source, Yaml);
        var id = workflow.Id;
        return TypedResults.Ok(new WorkflowSource(id.Namespace, id.Name, id.Version, workflow.DeployedAt, workflow.Source));
    }

    private static async Task<IResult> RemoveAsync(
        string @namespace, string name, string version, WorkflowCatalog catalog, CancellationToken cancellation) =>
        await catalog.RemoveAsync(new WorkflowId(@namespace, name, version), cancellation) is { } refusal
            ? Problem.From(refusal).ToResult()
            : TypedResults.NoContent();

    private static WorkflowVersion Show(DeployedWorkflow workflow) =>
        new(workflow.Id.Namespace, workflow.Id.Name, workflow.Id.Version, workflow.DeployedAt);

    private static FoundIssue[] Show(IReadOnlyList<Finding> findings) =>
        [.. findings.Select(f => new FoundIssue(f.Line, f.Column, f.Rule, f.Severity, f.Message, f.Suggestion))];

    public sealed record WorkflowVersion(string Namespace, string Name, string Version, DateTimeOffset DeployedAt);

    public sealed record DeployedVersion(
        string Namespace, string Name, string Version, DateTimeOffset DeployedAt, IReadOnlyList<FoundIssue> Findings);

    public sealed record WorkflowSource(string Namespace, string Name, string Version, DateTimeOffset DeployedAt, string Source);

    public sealed record FoundIssue(int Line, int Column, string Rule, FindingSeverity Severity, string Message, string? Suggestion);
}
