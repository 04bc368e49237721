using Voltwright.Server.Auth;
using Voltwright.Server.Problems;
using Voltwright.Storage;
using Voltwright.Tariffs;

namespace Voltwright.Server.Api;

internal static class TariffEndpoints
{
    public static void MapTariffs(this RouteGroupBuilder api)
    {
        var tariffs = api.MapGroup("/tariffs").WithTags("Tariffs");
        tariffs.MapGet("", ListAsync).Allow(Access.Read).SameForAllSites().Produces<Listed<Tariff>>().WithSummary("Lists the tariffs");
        tariffs.MapGet("/{tariffId}", GetAsync).Allow(Access.Read).SameForAllSites().Produces<Tariff>().WithSummary("Shows a tariff");
        tariffs.MapPut("/{tariffId}", PutAsync).Allow(Access.Administer).Produces<Tariff>()
            .WithSummary("Sets a tariff; it holds for sessions that open later");
    }

    private static async Task<IResult> ListAsync(IStore store, CancellationToken cancellation, int? limit = null, string? after = null) =>
        TypedResults.Ok(
            await store.ListAsync("tariff", limit, after, body => DomainJson.Read(body, DomainJson.Default.Tariff), cancellation));

    private static async Task<IResult> GetAsync(string tariffId, TariffCatalog catalog, CancellationToken cancellation) =>
        await catalog.FindAsync(tariffId, cancellation) is { } tariff
            ? TypedResults.Ok(tariff)
            : Problem.NotFound($"There is no tariff '{tariffId}'.").ToResult();

    private static async Task<IResult> PutAsync(string tariffId, Prices wanted, TariffCatalog catalog, CancellationToken cancellation)
    {
        var tariff = new Tariff
        {
            Id = tariffId,
            Currency = wanted.Currency,
            PerKwh = wanted.PerKwh,
            PerMinute = wanted.PerMinute,
            SessionFee = wanted.SessionFee,
            IdlePerMinute = wanted.IdlePerMinute,
            Minimum = wanted.Minimum,
            TaxPercent = wanted.TaxPercent,
        };
        return (await catalog.PutAsync(tariff, cancellation)).ToResult(t => TypedResults.Ok(t));
    }

    /// <summary>In minor units of the currency, before tax.</summary>
    /// <param name="Currency">ISO 4217.</param>
    /// <param name="IdlePerMinute">For each minute in which the car was plugged and took nothing.</param>
    /// <param name="Minimum">The least that a session with energy costs.</param>
    internal sealed record Prices(
        string Currency, decimal PerKwh = 0, decimal PerMinute = 0, long SessionFee = 0, decimal IdlePerMinute = 0, long Minimum = 0,
        decimal TaxPercent = 0);
}
