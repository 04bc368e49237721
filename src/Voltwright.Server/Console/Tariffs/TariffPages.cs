using Voltwright.Server.Api;
using Voltwright.Server.Auth;
using Voltwright.Server.Console.Layout;
using Voltwright.Storage;
using Voltwright.Tariffs;

namespace Voltwright.Server.Console.Tariffs;

/// <summary>Prices, and what a session would cost by them before they are set.</summary>
internal static class TariffPages
{
    public static void MapTariffPages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/tariffs", ShowAsync).Allow(Access.Read).SameForAllSites();
        pages.MapPost("/tariffs", SaveAsync).Allow(Access.Administer).WithSummary("Sets a tariff");
        pages.MapPost("/tariffs/preview", Preview).Allow(Access.Read).SameForAllSites().WithSummary("Previews a price").WithMetadata(Harmless.Mark);
    }

    private static async Task<IResult> ShowAsync(string? id, IStore store, TariffCatalog catalog, CancellationToken cancellation) =>
        await PageAsync(200, null, await catalog.InForceAsync(id ?? Tariff.DefaultId, cancellation), store, cancellation);

    private static async Task<IResult> PageAsync(int status, string? problem, Tariff edited, IStore store, CancellationToken cancellation)
    {
        var tariffs = await store.ListAsync("tariff", 200, null, body => DomainJson.Read(body, DomainJson.Default.Tariff), cancellation);
        return Page.Of<TariffPage>(status, ("Tariffs", tariffs.Items), ("Edited", edited), ("Problem", problem));
    }

    private static async Task<IResult> SaveAsync(
        HttpContext context, IFormCollection typed, IStore store, TariffCatalog catalog, CancellationToken cancellation)
    {
        var (tariff, problem) = TariffForm.Of(typed).Read();
        AuditTrail.Note(context, tariff.Id);
        if (problem is null && (await catalog.PutAsync(tariff, cancellation)).Refusal is { } refusal)
            problem = refusal.Detail;
        return problem is null
            ? Frame.Go(context, $"/tariffs?id={Uri.EscapeDataString(tariff.Id)}", "The tariff holds for sessions that open from now on.")
            : await PageAsync(400, problem, tariff, store, cancellation);
    }

    private static Page Preview(IFormCollection typed)
    {
        var form = TariffForm.Of(typed);
        var (tariff, problem) = form.Read();
        string[] problems = [.. problem is null ? tariff.Problems() : [problem], .. form.UsageProblems()];
        return problems.Length > 0
            ? Page.Of<PricePart>(("Problem", string.Join(" ", problems)))
            : Page.Of<PricePart>(("Price", tariff.Bill(form.Usage())));
    }
}

/// <summary>A tariff as it is typed: amounts in the currency's major unit, as people say them.</summary>
internal sealed record TariffForm(
    string? Id, string? Currency, string? PerKwh, string? PerMinute, string? SessionFee, string? IdlePerMinute, string? Minimum,
    string? TaxPercent, string? Energy, string? Minutes, string? Idle)
{
    public static TariffForm Of(IFormCollection typed) => new(
        typed["Id"], typed["Currency"], typed["PerKwh"], typed["PerMinute"], typed["SessionFee"], typed["IdlePerMinute"], typed["Minimum"],
        typed["TaxPercent"], typed["Energy"], typed["Minutes"], typed["Idle"]);

    /// <summary>The tariff, with what could not be read left at zero; and what that was, null for nothing.</summary>
    public (Tariff Tariff, string? Problem) Read()
    {
        var problems = new List<string>();
        var currency = (Currency ?? "").Trim().ToUpperInvariant();
        var minorUnit = Currencies.MinorUnitOf(currency);
        var tariff = new Tariff
        {
            Id = (Id ?? "").Trim(), Currency = currency, PerKwh = Minor(PerKwh, "per kWh"), PerMinute = Minor(PerMinute, "per minute"),
            SessionFee = Whole(SessionFee, "session fee"), IdlePerMinute = Minor(IdlePerMinute, "per idle minute"),
            Minimum = Whole(Minimum, "minimum"), TaxPercent = Number(TaxPercent, "tax"),
        };
        return (tariff, problems.Count == 0 ? null : string.Join(" ", problems));

        decimal Minor(string? text, string name) => Amounts.Plain(Number(text, name) / minorUnit);

        decimal Number(string? text, string name)
        {
            if (string.IsNullOrWhiteSpace(text))
                return 0;
            if (Amounts.ReadNumber(text) is { } number)
                return number;
            problems.Add($"'{text}' is no number ({name}).");
            return 0;
        }

        long Whole(string? text, string name)
        {
            if (string.IsNullOrWhiteSpace(text))
                return 0;
            if (Amounts.ReadMinor(text, currency) is { } minor)
                return minor;
            problems.Add($"'{text}' is no amount in {currency} ({name}).");
            return 0;
        }
    }

    public IEnumerable<string> UsageProblems() =>
        from typed in new[] { (Text: Energy, Name: "energy"), (Text: Minutes, Name: "minutes of charging"), (Text: Idle, Name: "idle minutes") }
        where !string.IsNullOrWhiteSpace(typed.Text) && Amounts.ReadNumber(typed.Text) is not (>= 0 and < 1_000_000)
        select $"'{typed.Text}' is no number ({typed.Name}).";

    public Usage Usage() => new(
        true, (long)((Amounts.ReadNumber(Energy) ?? 0) * 1000), (long)((Amounts.ReadNumber(Minutes) ?? 0) * 60), (long)((Amounts.ReadNumber(Idle) ?? 0) * 60));
}
