using System.Security.Cryptography;
using System.Text;
using Voltwright.Forwarding;
using Voltwright.Forwarding.Webhooks;
using Voltwright.Jq;
using Voltwright.Server.Auth;
using Voltwright.Server.Problems;
using Voltwright.Storage;

namespace Voltwright.Server.Api;

internal static class WebhookEndpoints
{
    private const int MostEntries = 100;
    private static readonly TimeSpan OldSecretValidFor = TimeSpan.FromDays(1);

    public static void MapWebhooks(this RouteGroupBuilder api)
    {
        var webhooks = api.MapGroup("/webhooks").WithTags("Webhooks");
        webhooks.MapPost("", AddAsync).Allow(Access.Administer).Produces<CreatedWebhook>(201)
            .WithSummary("Sends events to an address from now on, signed as Standard Webhooks says; a secret made here is in this answer only");
        webhooks.MapGet("", ListAsync).Allow(Access.Operate).Produces<Listed<WebhookView>>().WithSummary("Lists the webhooks");
        webhooks.MapGet("/{id}", GetAsync).Allow(Access.Operate).Produces<WebhookView>()
            .WithSummary("A webhook, how far it is, and what fails");
        webhooks.MapPatch("/{id}", ChangeAsync).Allow(Access.Administer).Produces<WebhookView>().WithSummary("Changes a webhook");
        webhooks.MapDelete("/{id}", RemoveAsync).Allow(Access.Administer).Produces(204)
            .WithSummary("Removes a webhook, its deliveries and its dead letters");
        webhooks.MapPost("/{id}/pause", (string id, IGrainFactory grains) => AnswerAsync(Grain(grains, id).Pause(null)))
            .Allow(Access.Operate).Produces(204).WithSummary("Sends nothing for now; events wait in the log");
        webhooks.MapPost("/{id}/resume", (string id, IGrainFactory grains) => AnswerAsync(Grain(grains, id).Resume()))
            .Allow(Access.Operate).Produces(204).WithSummary("Goes on where it was paused");
        webhooks.MapPost("/{id}/secret", ChangeSecretAsync).Allow(Access.Administer).Produces<NewSecret>()
            .WithSummary("Changes the secret; for a day, or as long as asked, the old one signs as well");
        webhooks.MapGet("/{id}/deliveries", DeliveriesAsync).Allow(Access.Operate).Produces<Listed<Attempt>>()
            .WithSummary("The latest attempts to deliver, newest first");
        webhooks.MapGet("/{id}/dead-letters", DeadLettersAsync).Allow(Access.Operate).Produces<Listed<DeadLetterView>>()
            .WithSummary("Events that were given up, newest first");
        webhooks.MapPost("/{id}/dead-letters/{position:long}/replay", ReplayAsync).Allow(Access.Operate).Produces(202)
            .WithSummary("Tries a dead letter once more; it is gone when it arrives");
        webhooks.MapPost("/{id}/dead-letters/replay", ReplayAllAsync).Allow(Access.Operate).Produces<Replayed>(202)
            .WithSummary("Tries all dead letters once more, oldest first");
        webhooks.MapDelete("/{id}/dead-letters/{position:long}", DiscardAsync).Allow(Access.Administer).Produces(204)
            .WithSummary("Throws a dead letter away");
    }

    private static async Task<IResult> AddAsync(
        NewWebhook wanted, [RequestKey] string? requestKey, IGrainFactory grains, WebhookHttp http, IStore store, TimeProvider time,
        CancellationToken cancellation)
    {
        var problem = await ProblemAsync(wanted.Url, wanted.Types, wanted.Subjects, http, cancellation)
            ?? (wanted.Secret is { } given && WebhookSecret.Problem(given) is { } wrong ? Invalid("secret", wrong) : null)
            ?? ProblemOf(wanted.Concurrency, wanted.TimeoutSeconds, wanted.GiveUpAfterSeconds);
        if (problem is not null)
            return problem.ToResult();
        var id = requestKey is null
            ? Guid.CreateVersion7(time.GetUtcNow()).ToString("N")
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(requestKey)))[..32];
        var policy = PolicyOf(new ForwardingPolicy(), wanted.Concurrency, wanted.TimeoutSeconds, wanted.GiveUpAfterSeconds);
        var webhook = new Webhook(
            id, wanted.Url, wanted.Description, wanted.Types ?? [], wanted.Subjects ?? [], wanted.Mode, WebhookStatus.Active, policy,
            wanted.Secret ?? WebhookSecret.New(), time.GetUtcNow(), wanted.After ?? store.LastEventPosition);
        var added = await Grain(grains, id).Add(webhook);
        return added.ToResult(w => TypedResults.Created(
            $"/api/v2/webhooks/{w.Id}",
            new CreatedWebhook(w.Id, w.Url, w.Types, w.Subjects, w.Mode, w.Status, w.CreatedAt, wanted.Secret is null ? w.Secret : null)));
    }

    private static async Task<IResult> ListAsync(IStore store, CancellationToken cancellation, int? limit = null, string? after = null)
    {
        var page = await store.ListAsync(Webhook.StreamKind, limit, after, Webhook.Read, cancellation);
        var items = new List<WebhookView>();
        foreach (var webhook in page.Items)
            items.Add(await ViewAsync(webhook, store, cancellation));
        return TypedResults.Ok(new Listed<WebhookView>(items, page.Next));
    }

    private static async Task<IResult> GetAsync(string id, IGrainFactory grains, IStore store, CancellationToken cancellation) =>
        await Grain(grains, id).Get() is { } webhook ? TypedResults.Ok(await ViewAsync(webhook, store, cancellation)) : NotFound(id).ToResult();

    private static async Task<IResult> ChangeAsync(
        string id, WebhookChanges wanted, IGrainFactory grains, WebhookHttp http, IStore store, CancellationToken cancellation)
    {
        if (await Grain(grains, id).Get() is not { } known)
            return NotFound(id).ToResult();
        var problem = await ProblemAsync(wanted.Url ?? known.Url, wanted.Types, wanted.Subjects, http, cancellation)
            ?? ProblemOf(wanted.Concurrency, wanted.TimeoutSeconds, wanted.GiveUpAfterSeconds);
        if (problem is not null)
            return problem.ToResult();
        var policy = PolicyOf(known.Policy, wanted.Concurrency, wanted.TimeoutSeconds, wanted.GiveUpAfterSeconds);
        var change = new WebhookChange(wanted.Url, wanted.Description, wanted.Types, wanted.Subjects, wanted.Mode, policy);
        var changed = await Grain(grains, id).Change(change);
        return changed.Refusal is { } refusal
            ? Problem.From(refusal).ToResult() : TypedResults.Ok(await ViewAsync(changed.Value!, store, cancellation));
    }

    private static Task<IResult> RemoveAsync(string id, IGrainFactory grains) => AnswerAsync(Grain(grains, id).Remove());

    private static async Task<IResult> ChangeSecretAsync(string id, SecretChange wanted, IGrainFactory grains)
    {
        if (wanted.Secret is { } given && WebhookSecret.Problem(given) is { } wrong)
            return Invalid("secret", wrong).ToResult();
        if (wanted.OldValidForSeconds is < 0)
            return Invalid("oldValidForSeconds", "A time is not negative.").ToResult();
        var secret = wanted.Secret ?? WebhookSecret.New();
        var oldValidFor = wanted.OldValidForSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : OldSecretValidFor;
        var changed = await Grain(grains, id).ChangeSecret(secret, oldValidFor);
        return changed.ToResult(w => TypedResults.Ok(new NewSecret(wanted.Secret is null ? w.Secret : null, w.OldSecretUntil!.Value)));
    }

    private static async Task<IResult> DeliveriesAsync(
        string id, IGrainFactory grains, IStore store, CancellationToken cancellation, int? limit = null) =>
        await Grain(grains, id).Get() is { } webhook
            ? TypedResults.Ok(new Listed<Attempt>(
                await Deliveries.ListAsync(store, webhook.Destination, Math.Clamp(limit ?? 100, 1, 1000), cancellation), null))
            : NotFound(id).ToResult();

    private static async Task<IResult> DeadLettersAsync(
        string id, IGrainFactory grains, IStore store, CancellationToken cancellation, int? limit = null, string? after = null) =>
        await Grain(grains, id).Get() is { } webhook
            ? TypedResults.Ok(await store.ListAsync(
                DeadLetter.StreamKind, limit, after, body => DeadLetterView.Of(DeadLetter.Read(body)), cancellation,
                ("destination", webhook.Destination)))
            : NotFound(id).ToResult();

    private static async Task<IResult> ReplayAsync(string id, long position, IGrainFactory grains) =>
        (await Grain(grains, id).Replay([position])).ToResult(_ => TypedResults.Accepted((string?)null));

    private static async Task<IResult> ReplayAllAsync(string id, IGrainFactory grains, IStore store, CancellationToken cancellation)
    {
        List<long> positions = [];
        string? after = null;
        do
        {
            var page = await store.ListOldestAsync(
                DeadLetter.StreamKind, [("destination", Webhook.DestinationOf(id))], 500, after, cancellation);
            positions.AddRange(page.Items.Select(l => DeadLetter.Read(l.Body).Position));
            after = page.Next;
        }
        while (after is not null);
        return (await Grain(grains, id).Replay([.. positions.Order()]))
            .ToResult(_ => TypedResults.Accepted((string?)null, new Replayed(positions.Count)));
    }

    private static async Task<IResult> DiscardAsync(string id, long position, IStore store, CancellationToken cancellation)
    {
        var stream = DeadLetter.StreamOf(Webhook.DestinationOf(id), position);
        if (await store.LoadAsync(stream, cancellation) is not { } stored)
            return Problem.NotFound($"Webhook {id} has no dead letter {position}.").ToResult();
        await store.CommitAsync(new Commit { Writes = [new StreamWrite(stream, stored.Version, null)] }, cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> AnswerAsync(Task<Outcome<Webhook>> done) => (await done).ToResult(_ => TypedResults.NoContent());

    private static IWebhookGrain Grain(IGrainFactory grains, string id) => grains.GetGrain<IWebhookGrain>(id);

    private static async Task<Problem?> ProblemAsync(
        string url, IReadOnlyList<string>? types, IReadOnlyList<string>? subjects, WebhookHttp http, CancellationToken cancellation)
    {
        foreach (var (field, entries) in new[] { ("types", types), ("subjects", subjects) })
        {
            if (entries is { Count: > MostEntries } || entries?.Any(string.IsNullOrEmpty) == true)
                return Invalid(field, $"At most {MostEntries} entries, none of them empty; a trailing * stands for all that begin so.");
        }

        return await http.ProblemAsync(url, cancellation) is { } problem ? Invalid("url", problem) : null;
    }

    private static Problem? ProblemOf(int? concurrency, int? timeoutSeconds, int? giveUpAfterSeconds) =>
        concurrency is < 1 or > 64 ? Invalid("concurrency", "From 1 to 64 events at a time, each of another subject.")
        : timeoutSeconds is < 1 or > 60 ? Invalid("timeoutSeconds", "A receiver has 1 to 60 seconds for its answer.")
        : giveUpAfterSeconds is < 0 or > 2_592_000 ? Invalid("giveUpAfterSeconds", "An event is tried for 0 seconds to 30 days.")
        : null;

    private static ForwardingPolicy PolicyOf(ForwardingPolicy policy, int? concurrency, int? timeoutSeconds, int? giveUpAfterSeconds) => policy with
    {
        Concurrency = concurrency ?? policy.Concurrency,
        Timeout = timeoutSeconds is { } timeout ? TimeSpan.FromSeconds(timeout) : policy.Timeout,
        GiveUpAfter = giveUpAfterSeconds is { } giveUp ? TimeSpan.FromSeconds(giveUp) : policy.GiveUpAfter,
    };

    private static async Task<WebhookView> ViewAsync(Webhook webhook, IStore store, CancellationToken cancellation)
    {
        var stored = await store.LoadAsync(ForwardingState.StreamOf(webhook.Destination), cancellation);
        var state = stored is null ? new ForwardingState(webhook.After, []) : ForwardingState.Read(stored.Body);
        var letters = await store.CountAsync(DeadLetter.StreamKind, [("destination", webhook.Destination)], cancellation);
        return WebhookView.Of(webhook, state, store.LastEventPosition, letters);
    }

    private static Problem Invalid(string field, string detail) => Problem.Invalid(detail) with { Field = field };

    private static Problem NotFound(string id) => Problem.NotFound($"There is no webhook '{id}'.");

    /// <param name="Types">Event types wanted, a trailing <c>*</c> for all that begin so; none means all.</param>
    /// <param name="Subjects">Subjects (stations) wanted, likewise.</param>
    /// <param name="Secret"><c>whsec_</c> and 24 to 64 bytes in Base64; absent: one is made.</param>
    /// <param name="After">Begin after this position of the log; absent: with what happens from now on.</param>
    internal sealed record NewWebhook(
        string Url, IReadOnlyList<string>? Types = null, IReadOnlyList<string>? Subjects = null, string? Secret = null,
        string? Description = null, WebhookMode Mode = WebhookMode.Structured, int? Concurrency = null, int? TimeoutSeconds = null,
        int? GiveUpAfterSeconds = null, long? After = null);

    /// <summary>What is absent stays.</summary>
    internal sealed record WebhookChanges(
        string? Url = null, IReadOnlyList<string>? Types = null, IReadOnlyList<string>? Subjects = null, string? Description = null,
        WebhookMode? Mode = null, int? Concurrency = null, int? TimeoutSeconds = null, int? GiveUpAfterSeconds = null);

    /// <param name="Secret">Present when it was made here; never shown again.</param>
    internal sealed record CreatedWebhook(
        string Id, string Url, IReadOnlyList<string> Types, IReadOnlyList<string> Subjects, WebhookMode Mode, WebhookStatus Status,
        DateTimeOffset CreatedAt, string? Secret);

    internal sealed record SecretChange(string? Secret = null, int? OldValidForSeconds = null);

    internal sealed record NewSecret(string? Secret, DateTimeOffset OldValidUntil);

    internal sealed record Replayed(int Count);
}
