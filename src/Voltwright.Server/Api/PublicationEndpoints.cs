using Voltwright.Forwarding;
using Voltwright.Forwarding.Publications;
using Voltwright.Server.Auth;
using Voltwright.Server.Problems;
using Voltwright.Storage;

namespace Voltwright.Server.Api;

internal static class PublicationEndpoints
{
    public static void MapPublications(this RouteGroupBuilder api)
    {
        var publications = api.MapGroup("/publications").WithTags("Publications");
        publications.MapGet("", ListAsync).Allow(Access.Operate).Produces<Listed<PublicationView>>()
            .WithSummary("Lists the brokers that events are published to, and how far each is");
        publications.MapGet("/{name}/deliveries", DeliveriesAsync).Allow(Access.Operate).Produces<Listed<Attempt>>()
            .WithSummary("The latest attempts to publish, newest first");
        publications.MapGet("/{name}/dead-letters", DeadLettersAsync).Allow(Access.Operate).Produces<Listed<DeadLetterView>>()
            .WithSummary("Events that the broker refuses for good, newest first");
        publications.MapPost("/{name}/dead-letters/{position:long}/replay", ReplayAsync).Allow(Access.Operate).Produces(202)
            .WithSummary("Tries a dead letter once more; it is gone when it arrives");
    }

    private static async Task<IResult> ListAsync(PublicationList publications, IStore store, CancellationToken cancellation)
    {
        var items = new List<PublicationView>();
        foreach (var publication in publications.All)
            items.Add(await ViewAsync(publication, store, cancellation));
        return TypedResults.Ok(new Listed<PublicationView>(items, null));
    }

    private static async Task<IResult> DeliveriesAsync(
        string name, PublicationList publications, IStore store, CancellationToken cancellation, int? limit = null) =>
        publications.Find(name) is { } publication
            ? TypedResults.Ok(new Listed<Attempt>(
                await Deliveries.ListAsync(store, publication.Destination, Math.Clamp(limit ?? 100, 1, 1000), cancellation), null))
            : NotFound(name);

    private static async Task<IResult> DeadLettersAsync(
        string name, PublicationList publications, IStore store, CancellationToken cancellation, int? limit = null, string? after = null) =>
        publications.Find(name) is { } publication
            ? TypedResults.Ok(await store.ListAsync(
                DeadLetter.StreamKind, limit, after, body => DeadLetterView.Of(DeadLetter.Read(body)), cancellation,
                ("destination", publication.Destination)))
            : NotFound(name);

    private static async Task<IResult> ReplayAsync(string name, long position, IGrainFactory grains) =>
        await grains.GetGrain<IPublicationGrain>(name).Replay([position]) is { } refusal
            ? Problem.From(refusal).ToResult() : TypedResults.Accepted((string?)null);

    private static async Task<PublicationView> ViewAsync(Publication publication, IStore store, CancellationToken cancellation)
    {
        var stored = await store.LoadAsync(ForwardingState.StreamOf(publication.Destination), cancellation);
        var state = stored is null ? null : ForwardingState.Read(stored.Body);
        var letters = await store.CountAsync(DeadLetter.StreamKind, [("destination", publication.Destination)], cancellation);
        var position = state?.Position ?? store.LastEventPosition;
        return new PublicationView(
            publication.Name, publication.Address, publication.Filter.Types, publication.Filter.Subjects, position,
            Math.Max(0, store.LastEventPosition - position), [.. (state?.Behind ?? []).Where(b => b.FailingSince is not null)], letters);
    }

    private static IResult NotFound(string name) => Problem.NotFound($"There is no publication '{name}'.").ToResult();

    /// <param name="Address">Where it goes, without credentials.</param>
    /// <param name="Position">Everything in the log up to here was published, but for what fails.</param>
    internal sealed record PublicationView(
        string Name, string Address, IReadOnlyList<string> Types, IReadOnlyList<string> Subjects, long Position, long Lag,
        IReadOnlyList<BehindSubject> Failing, long DeadLetters);
}
