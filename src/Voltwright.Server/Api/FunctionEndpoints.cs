using Voltwright.Gateway;
using Voltwright.Health;
using Voltwright.Jq;
using Voltwright.Server.Auth;
using Voltwright.Server.Problems;
using Voltwright.Stations;

namespace Voltwright.Server.Api;

/// <summary>What stations of every version can be asked to do, in words that all versions share; and how they are.</summary>
internal static class FunctionEndpoints
{
    public static void MapFunctions(this RouteGroupBuilder api)
    {
        var station = api.MapGroup("/stations/{stationId}").WithTags("Station functions").OfStation();
        station.MapGet("/health", HealthAsync).Allow(Access.Read).Produces<HealthReport>()
            .WithSummary("How a station is: connection, uptime, faults in plain words, trends, clock, firmware");
        station.MapPost("/reset", ResetAsync).Allow(Access.Operate).Produces<StationAnswer>().WithSummary("Resets a station");
        station.MapPost("/triggers", TriggerAsync).Allow(Access.Operate).Produces<StationAnswer>()
            .WithSummary("Has a station send one of its messages now");
        station.MapPost("/data", SendDataAsync).Allow(Access.Operate).Produces<StationAnswer>()
            .WithSummary("Sends what a vendor has added to the protocol");
        station.MapGet("/variables", ReadAsync).Allow(Access.Read).Produces<StationAnswer>()
            .WithSummary("Reads the configuration of a connected station: all of it, or the variables named");
        station.MapPut("/variables/{name}", WriteAsync).Allow(Access.Administer).Produces<StationAnswer>().WithSummary("Sets a variable of a station");
    }

    private static async Task<IResult> HealthAsync(string stationId, HealthReports reports, CancellationToken cancellation) =>
        await reports.FindAsync(stationId, cancellation) is { } report ? TypedResults.Ok(report) : StationEndpoints.NotFound(stationId);

    private static Task<IResult> ResetAsync(string stationId, ResetWish wanted, CommandDesk desk, CancellationToken cancellation) =>
        wanted.Kind is "soft" or "hard"
            ? AskAsync(stationId, new StationCommand.Reset(wanted.Kind), desk, cancellation)
            : Task.FromResult((Problem.Invalid("kind must be soft or hard.") with { Field = "kind" }).ToResult());

    private static Task<IResult> TriggerAsync(string stationId, TriggerWish wanted, CommandDesk desk, CancellationToken cancellation) =>
        StationCommand.Trigger.Messages.Contains(wanted.Message)
            ? AskAsync(stationId, new StationCommand.Trigger(wanted.Message, wanted.SlotNumber), desk, cancellation)
            : Task.FromResult((Problem.Invalid($"message must be one of {string.Join(", ", StationCommand.Trigger.Messages)}.") with
            {
                Field = "message",
            }).ToResult());

    private static Task<IResult> SendDataAsync(string stationId, VendorData wanted, CommandDesk desk, CancellationToken cancellation) =>
        AskAsync(stationId, new StationCommand.SendData(wanted.VendorId, wanted.MessageId, wanted.Data ?? JsonValue.Null), desk, cancellation);

    private static Task<IResult> ReadAsync(string stationId, CommandDesk desk, CancellationToken cancellation, string[]? name = null) =>
        AskAsync(stationId, new StationCommand.ReadVariables(name ?? []), desk, cancellation);

    private static Task<IResult> WriteAsync(
        string stationId, string name, VariableValue wanted, CommandDesk desk, CancellationToken cancellation) =>
        AskAsync(stationId, new StationCommand.WriteVariable(name, wanted.Value), desk, cancellation);

    private static async Task<IResult> AskAsync(string stationId, StationCommand command, CommandDesk desk, CancellationToken cancellation) =>
        (await desk.AskAsync(stationId, command, cancellation)).ToResult(a => TypedResults.Ok(a));

    /// <param name="Kind"><c>soft</c> ends sessions in order; <c>hard</c> does not wait.</param>
    internal sealed record ResetWish(string Kind = "soft");

    /// <param name="Message">
    /// <c>boot</c>, <c>heartbeat</c>, <c>status</c>, <c>meter-values</c>, <c>firmware-status</c>, <c>log-status</c>, <c>certificate-request</c>
    /// or <c>v2g-certificate-request</c>.
    /// </param>
    internal sealed record TriggerWish(string Message, int? SlotNumber = null);

    internal sealed record VendorData(string VendorId, string? MessageId = null, JsonValue? Data = null);

    internal sealed record VariableValue(string Value);
}
