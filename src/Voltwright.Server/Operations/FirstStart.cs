using Voltwright.Automation;
using Voltwright.Server.Auth;
using Voltwright.Workflows.Findings;

namespace Voltwright.Server.Operations;

/// <summary>Before anything else runs: somebody must hold a key, and the workflows of the folder must be in place.</summary>
internal sealed class FirstStart(ApiKeys keys, WorkflowCatalog catalog, ServerOptions options) : IHostedService
{
    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await keys.EnsureAdministratorAsync(cancellationToken);
        await catalog.LoadAsync(cancellationToken);
        if (options.WorkflowsFolder is null)
            return;
        if (!Directory.Exists(options.WorkflowsFolder))
            throw Invalid(options.WorkflowsFolder, "There is no such folder.", "Name one with --workflows.");
        var files = Directory.EnumerateFiles(options.WorkflowsFolder).Where(f => Extensions.Contains(Path.GetExtension(f)));
        foreach (var file in files.Order())
            await DeployAsync(file, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task DeployAsync(string file, CancellationToken cancellation)
    {
        switch (await catalog.DeployAsync(await File.ReadAllTextAsync(file, cancellation), file, cancellation))
        {
            case Deployment.Invalid invalid:
                var errors = invalid.Findings.Where(f => f.Severity == FindingSeverity.Error);
                throw Invalid(file, $"The workflow has errors.\n{string.Join('\n', errors)}\n", "Repair it, or take it out of the folder.");
            case Deployment.Conflict conflict:
                throw Invalid(file, conflict.Detail, "");
        }
    }

    private static StartupException Invalid(string place, string detail, string remedy) =>
        new(StartupProblem.WorkflowInvalid, place, detail, remedy);
}
