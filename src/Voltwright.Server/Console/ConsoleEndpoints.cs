using Voltwright.Server.Api;
using Voltwright.Server.Auth;
using Voltwright.Server.Console.Analytics;
using Voltwright.Server.Console.Cards;
using Voltwright.Server.Console.Events;
using Voltwright.Server.Console.Layout;
using Voltwright.Server.Console.Overview;
using Voltwright.Server.Console.People;
using Voltwright.Server.Console.Runs;
using Voltwright.Server.Console.Sessions;
using Voltwright.Server.Console.Sites;
using Voltwright.Server.Console.Stations;
using Voltwright.Server.Console.Tariffs;
using Voltwright.Server.Console.Tickets;
using Voltwright.Server.Console.Workflows;

namespace Voltwright.Server.Console;

/// <summary>All pages of the console, one line a section. A section's file reads what its pages show and does what its forms ask.</summary>
internal static class ConsoleEndpoints
{
    public static void MapConsole(this WebApplication app)
    {
        // FormGuard is what watches over forms.
        var pages = app.MapGroup("").ExcludeFromDescription().DisableAntiforgery().WithMetadata(ConsolePage.Mark);
        pages.MapSignIn(app.Services.GetRequiredService<ServerOptions>().IdentityProvider);
        pages.MapOverview();
        pages.MapStationPages();
        pages.MapSitePages();
        pages.MapAnalyticsPages();
        pages.MapSessionPages();
        pages.MapCardPages();
        pages.MapTariffPages();
        pages.MapTicketPages();
        pages.MapEventPages();
        pages.MapWorkflowPages();
        pages.MapRunPages();
        pages.MapPeoplePages();
        app.MapGroup("").ExcludeFromDescription().MapAssets();
        app.MapGet("/changes", ChangeStream.ServeAsync).Allow(Access.Read).KeepsToSight().ExcludeFromDescription();
    }

    public static void AddConsole(this IServiceCollection services)
    {
        services.AddSingleton<Auth.People>();
        services.AddSingleton<SignIns>();
        services.AddSingleton<SiteUsers>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<Fleet>();
        services.AddSingleton<SessionLog>();
        services.AddSingleton<StationSheet>();
        services.AddSingleton<Sandbox>();
    }
}
