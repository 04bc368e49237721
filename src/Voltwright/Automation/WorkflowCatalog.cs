using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Voltwright.Jq;
using Voltwright.Storage;
using Voltwright.Workflows;
using Voltwright.Workflows.Checking;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Resources;

namespace Voltwright.Automation;

/// <summary>
/// The workflows that are deployed, all versions side by side; events start runs of the newest. A version's text may change
/// only as long as no run of it exists: runs finish on what they started with.
/// </summary>
/// <param name="loader">Null: definitions that need documents from elsewhere cannot be deployed.</param>
public sealed class WorkflowCatalog(IStore store, TimeProvider clock, ILogger<WorkflowCatalog> log, DefinitionLoader? loader = null) : IDisposable
{
    private const int Attempts = 10;
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly Schedules _schedules = new(store, clock);
    private IDisposable? _watch;
    private volatile ImmutableDictionary<WorkflowId, DeployedWorkflow> _all = ImmutableDictionary<WorkflowId, DeployedWorkflow>.Empty;

    /// <summary>The newest versions, by what starts them. A new object whenever something is deployed or removed.</summary>
    public TriggerIndex Triggers { get; private set; } = TriggerIndex.Empty;

    public IReadOnlyList<DeployedWorkflow> All =>
        [.. _all.Values.OrderBy(w => w.Id.Family, StringComparer.Ordinal).ThenByDescending(w => w.Id.Version, SemanticVersion.Order)];

    /// <summary>What was deployed before; to be called once, before anything runs.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        _watch ??= store.WatchSettings(stream =>
        {
            if (stream is null || StreamName.KindOf(stream) == WorkflowId.StreamKind)
                _ = Task.Run(ReloadAsync, CancellationToken.None);
        });
        await ReadAllAsync(cancellation);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await RenewTriggersAsync(cancellation);
                return;
            }
            catch (StaleVersionException) when (attempt < Attempts)
            {
                // Another process that starts at the same time was first.
            }
        }
    }

    /// <summary>One that this process has not heard of yet.</summary>
    public async Task<DeployedWorkflow?> FetchAsync(WorkflowId id)
    {
        await _changing.WaitAsync();
        try
        {
            if (await store.LoadAsync(id.Stream) is not { } stored)
                return null;
            Keep(Read(JsonValue.Parse(stored.Body.Span)));
            return Find(id);
        }
        finally
        {
            _changing.Release();
        }
    }

    private async Task ReadAllAsync(CancellationToken cancellation)
    {
        var found = ImmutableDictionary.CreateBuilder<WorkflowId, DeployedWorkflow>();
        string? after = null;
        do
        {
            var page = await store.ListAsync(WorkflowId.StreamKind, [], 500, after, cancellation);
            foreach (var workflow in page.Items.Select(stored => Read(JsonValue.Parse(stored.Body.Span))))
                found[workflow.Id] = Find(workflow.Id) is { } known && known.Source == workflow.Source ? known : workflow;
            after = page.Next;
        }
        while (after is not null);
        _all = found.ToImmutable();
    }

    /// <summary>Another process deployed or removed something; its schedules are that one's business.</summary>
    private async Task ReloadAsync()
    {
        await _changing.WaitAsync();
        try
        {
            await ReadAllAsync(CancellationToken.None);
            Triggers = new TriggerIndex(Runnable());
        }
        catch (Exception e) when (e is StoreUnavailableException or ObjectDisposedException)
        {
            log.LogWarning("The workflows could not be read again: {Reason}", e.Message);
        }
        finally
        {
            _changing.Release();
        }
    }

    private List<DeployedWorkflow> Runnable() => [.. All.DistinctBy(w => w.Id.Family).Where(CanRun)];

    public DeployedWorkflow? Find(WorkflowId id) => _all.GetValueOrDefault(id);

    /// <param name="version">Null means the newest.</param>
    public DeployedWorkflow? Find(string @namespace, string name, string? version)
    {
        if (version is not null)
            return Find(new WorkflowId(@namespace, name, version));
        return All.FirstOrDefault(w => w.Id.Namespace == @namespace && w.Id.Name == name);
    }

    /// <param name="sourceName">What findings call the text.</param>
    public async Task<Deployment> DeployAsync(string text, string sourceName, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryDeployAsync(text, sourceName, cancellation);
            }
            catch (StaleVersionException) when (attempt < Attempts)
            {
                // Another process deployed the same at this moment.
                await ReloadAsync();
            }
        }
    }

    private async Task<Deployment> TryDeployAsync(string text, string sourceName, CancellationToken cancellation)
    {
        var loaded = loader is null
            ? new LoadedDefinition(WorkflowProgram.Load(text, sourceName, HostFeatures.All), new Dictionary<string, string>())
            : await loader.LoadAsync(text, sourceName, cancellation);
        var compilation = loaded.Compilation;
        if (compilation.Program is not { } program)
            return new Deployment.Invalid(compilation.Findings);
        IReadOnlyList<Finding> findings = [.. compilation.Findings, .. WorkflowChecker.Check(program.Definition, SupplierKnowledge.Value)];
        var id = new WorkflowId(program.Namespace, program.Name, program.Version);
        await _changing.WaitAsync(cancellation);
        try
        {
            if (Find(id) is { } known && known.Source == text)
                return new Deployment.Done(known, false, findings);
            if (Find(id) is not null && await HasRunsAsync(id, null, cancellation))
                return new Deployment.Conflict(id);
            var workflow = new DeployedWorkflow(id, text, clock.GetUtcNow(), new Lazy<WorkflowProgram>(program)) { Resources = loaded.Resources };
            await SaveAsync(id, Write(workflow), cancellation);
            Keep(workflow);
            await RenewTriggersAsync(cancellation);
            return new Deployment.Done(workflow, true, findings);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Null when it is gone; else why it must stay.</summary>
    public async Task<Refusal?> RemoveAsync(WorkflowId id, CancellationToken cancellation)
    {
        await _changing.WaitAsync(cancellation);
        try
        {
            if (Find(id) is null)
                return new Refusal(RefusalKind.NotFound, $"{id} is not deployed.");
            foreach (var status in RunDocument.OpenStatuses)
            {
                if (await HasRunsAsync(id, status, cancellation))
                    return new Refusal(
                        RefusalKind.IllegalTransition, $"{id} has a run that is {status}. Cancel its runs, or wait for their end.");
            }

            await SaveAsync(id, null, cancellation);
            _all = _all.Remove(id);
            await RenewTriggersAsync(cancellation);
            return null;
        }
        finally
        {
            _changing.Release();
        }
    }

    public void Dispose()
    {
        _watch?.Dispose();
        _changing.Dispose();
    }

    private async Task<bool> HasRunsAsync(WorkflowId id, string? status, CancellationToken cancellation)
    {
        List<(string, string)> filters =
            [("workflow.namespace", id.Namespace), ("workflow.name", id.Name), ("workflow.version", id.Version)];
        if (status is not null)
            filters.Add(("status", status));
        return (await store.ListAsync(RunDocument.StreamKind, filters, 1, null, cancellation)).Items.Count > 0;
    }

    private async Task SaveAsync(WorkflowId id, ReadOnlyMemory<byte>? body, CancellationToken cancellation)
    {
        var version = (await store.LoadAsync(id.Stream, cancellation))?.Version ?? 0;
        await store.CommitAsync(new Commit { Writes = [new StreamWrite(id.Stream, version, body)] }, cancellation);
    }

    private void Keep(DeployedWorkflow workflow) => _all = _all.SetItem(workflow.Id, workflow);

    private async Task RenewTriggersAsync(CancellationToken cancellation)
    {
        var newest = Runnable();
        Triggers = new TriggerIndex(newest);
        await _schedules.AlignAsync(newest, cancellation);
    }

    // What an older program took may be refused by this one; that must not keep the others from running.
    private bool CanRun(DeployedWorkflow workflow)
    {
        try
        {
            return workflow.Program is not null;
        }
        catch (InvalidDataException e)
        {
            log.LogError("{Workflow} cannot run any more: {Reason}", workflow.Id, e.Message);
            return false;
        }
    }

    private static byte[] Write(DeployedWorkflow workflow)
    {
        var json = JsonObject.Of(
            ("namespace", workflow.Id.Namespace), ("name", workflow.Id.Name), ("version", workflow.Id.Version),
            ("deployedAt", Events.CloudEvents.FormatTime(workflow.DeployedAt)), ("source", workflow.Source));
        if (workflow.Resources.Count > 0)
            json = json.With("resources", JsonObject.Of([.. workflow.Resources.Select(r => (r.Key, (JsonValue)r.Value))]));
        return ((JsonValue)json).ToUtf8();
    }

    private static DeployedWorkflow Read(JsonValue json)
    {
        var id = new WorkflowId(json["namespace"].AsString(), json["name"].AsString(), json["version"].AsString());
        var source = json["source"].AsString();
        var resources = (json["resources"].TryGetObject(out var kept) ? kept : JsonObject.Empty).ToDictionary(r => r.Key, r => r.Value.AsString());
        return new DeployedWorkflow(id, source, RunDocument.ReadTime(json["deployedAt"]) ?? default, new Lazy<WorkflowProgram>(() =>
        {
            var fetched = resources.ToDictionary(r => r.Key, r => new FetchedResource(r.Value, null));
            var compilation = WorkflowProgram.Load(source, $"{id}", HostFeatures.All, fetched);
            return compilation.Program ?? throw new InvalidDataException(string.Join(" ", compilation.Findings));
        })) { Resources = resources };
    }
}
