using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using Voltwright.Jq;
using Voltwright.Testing;

namespace Voltwright.EndToEnd.Exports;

/// <summary>What is exported, opened by the programs for which it is made.</summary>
public sealed class ExportedFilesTests
{
    [Fact]
    public async Task Files_OpenedByTheirPrograms_SumUpToTheLedger()
    {
        Spreadsheet.Program.Require();
        await using var system = await RunningSystem.StartAsync();
        await system.ChargeAndPayAsync(await system.AddStationAsync("CP1", "ocpp1.6"), "=1+1");
        await system.ChargeAndPayAsync(await system.AddStationAsync("CP2", "ocpp2.0.1"), "TAG2", 300);
        await system.ChargeAndPayAsync(await system.AddStationAsync("CP3", "mqtt"), "TAG3", 450);
        // Stations' clocks may be a little ahead.
        var to = $"to={TimeProvider.System.GetUtcNow().AddHours(2):yyyy-MM-dd'T'HH:mm'Z'}";
        var sessions = (await system.GetAsync("sessions"))["items"].AsArray();
        var (billed, energy) = (sessions.Sum(s => Whole(s["price"]["amount"])) / 100m, sessions.Sum(s => Whole(s["energyWh"])));
        var paid = (await system.GetAsync("payments"))["items"].AsArray().Where(p => p["status"] == "taken").Sum(p => Whole(p["amount"])) / 100m;
        Assert.True(paid > 3);
        await system.EventuallyAsync($"analytics?by=station&{to}", "all three paid", r => r["total"]["revenue"][0]["paid"] == (long)(paid * 100));
        Task<byte[]> Export(string ending) => system.Http.GetByteArrayAsync($"/api/v2/analytics/sessions.{ending}?{to}");

        foreach (var ending in (string[])["csv", "xlsx"])
        {
            var sheet = await Spreadsheet.OpenAsync(await Export(ending), ending);

            Assert.Equal(3, sheet.Count);
            Assert.Equal((paid, billed, energy), (sheet.Sum("paid"), sheet.Sum("billed"), sheet.Sum("energyWh")));
            Assert.Equal(["CP1", "CP2", "CP3"], sheet.Texts("stationId").Order());
            Assert.Contains(sheet.Texts("cardId"), c => c.TrimStart('\'') == "=1+1");
            Assert.All(sheet.Dates("endedOn").Zip(sheet.Dates(ending == "csv" ? "endedOn" : "endedAt")), d => Assert.Equal(d.First[..10], d.Second[..10]));
        }

        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "sessions.parquet");
        await File.WriteAllBytesAsync(file, await Export("parquet"));
        await using var database = new DuckDBConnection("Data Source=:memory:");
        await database.OpenAsync();
        await using var question = database.CreateCommand();
        question.CommandText = $"""
            SELECT count(*), sum(paid), sum(billed), sum(energyWh), list(cardId ORDER BY stationId)[1],
                bool_and(CAST(endedAt AT TIME ZONE timeZone AS date) = endedOn), bool_and(epoch(endedAt - startedAt) >= 0) FROM '{file}'
            """;
        await using var answer = await question.ExecuteReaderAsync();
        Assert.True(await answer.ReadAsync());
        Assert.Equal(
            (3L, paid, billed, (System.Numerics.BigInteger)energy, "=1+1", true, true),
            (answer.GetInt64(0), answer.GetDecimal(1), answer.GetDecimal(2), answer.GetFieldValue<System.Numerics.BigInteger>(3), answer.GetString(4),
                answer.GetBoolean(5), answer.GetBoolean(6)));
    }

    [Fact]
    public async Task Receipt_OpenedByItsProgram_HasTheTotalAndNothingToComplainAbout()
    {
        var reader = new Installed("/usr/bin/pdftotext", "poppler-utils");
        reader.Require();
        await using var system = await RunningSystem.StartAsync();
        await system.ChargeAndPayAsync(await system.AddStationAsync("CP1", "ocpp1.6"), "TAG1 (");
        var session = (await system.GetAsync("sessions"))["items"][0];
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "receipt.pdf");
        await File.WriteAllBytesAsync(file, await system.Http.GetByteArrayAsync($"/sessions/{session["id"].AsString()}/receipt.pdf"));

        var (text, complaints) = await reader.RunAsync("-layout", file, "-");

        Assert.Equal("", complaints);
        var total = (Whole(session["price"]["amount"]) / 100m).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Matches($@"Total +{Regex.Escape(total)} EUR", text);
        Assert.Contains("TAG1 (", text, StringComparison.Ordinal);
    }

    private static long Whole(JsonValue value) =>
        value.TryGetInt64(out var whole) ? whole : throw new FormatException($"{value} is no whole number.");
}
