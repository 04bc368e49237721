using Microsoft.AspNetCore.Http.Metadata;
using Voltwright.Server.Auth;
using Voltwright.Server.Events;
using Voltwright.Server.Problems;

namespace Voltwright.Server.Api;

/// <summary>
/// All endpoints of <c>/api/v2</c>, one line a resource. Each resource is a file of this folder and names its own access policies.
/// </summary>
public static class ApiGroups
{
    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v2");
        api.MapSlots();
        api.MapStations();
        api.MapSites();
        api.MapCertificates();
        api.MapReservations();
        api.MapMaintenance();
        api.MapFunctions();
        api.MapProfiles();
        api.MapVendors();
        api.MapSessions();
        api.MapAnalytics();
        api.MapCards();
        api.MapTariffs();
        api.MapAccounts();
        api.MapHolds();
        api.MapTickets();
        api.MapKeys();
        api.MapWorkflows();
        api.MapRuns();
        api.MapDrawings();
        api.MapEventList();
        api.MapWebhooks();
        api.MapPublications();
    }

    /// <summary>Who may call the endpoint: one of the names in <see cref="Access"/>.</summary>
    public static TBuilder Allow<TBuilder>(this TBuilder endpoint, string access)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(access).WithMetadata(new ProducesResponseTypeMetadata(400, typeof(Problem), [Problem.ContentType]));
}

/// <summary>
/// The request's idempotency key, which goes to grains as their <c>requestKey</c>: <c>[RequestKey] string? requestKey</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class RequestKeyAttribute : Attribute, IFromHeaderMetadata
{
    public string Name => "Idempotency-Key";
}

/// <summary>One page of a list; <paramref name="Next"/> given back as <c>?after=</c> asks for the following one.</summary>
public sealed record Listed<T>(IReadOnlyList<T> Items, string? Next);
