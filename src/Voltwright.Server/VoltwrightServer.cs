using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Voltwright.Analytics;
using Voltwright.Automation;
using Voltwright.Events;
using Voltwright.Forwarding;
using Voltwright.Gateway;
using Voltwright.Maintenance;
using Voltwright.Server.Api;
using Voltwright.Server.Auth;
using Voltwright.Server.Console;
using Voltwright.Server.Console.Layout;
using Voltwright.Server.Driver;
using Voltwright.Server.Events;
using Voltwright.Server.Hosting;
using Voltwright.Server.Json;
using Voltwright.Server.Operations;
using Voltwright.Server.Payments;
using Voltwright.Server.Problems;
using Voltwright.Stations;
using Voltwright.Storage;

namespace Voltwright.Server;

/// <summary>Puts the whole server together: <c>await using var app = VoltwrightServer.Build(options); await app.StartAsync();</c></summary>
public static class VoltwrightServer
{
    private const long LargestBody = 4 * 1024 * 1024;

    /// <exception cref="StartupException">Here or when the application starts: something outside stands in the way.</exception>
    public static WebApplication Build(ServerOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions { ApplicationName = typeof(VoltwrightServer).Assembly.GetName().Name });
        AddLogging(builder, options);
        AddHost(builder, options);
        AddProduct(builder, options);
        options.Services?.Invoke(builder.Services);
        var app = builder.Build();
        OpenStore(app, options);
        app.Urls.Clear();
        foreach (var url in options.Urls.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            app.Urls.Add(url);
        UsePipeline(app);
        return app;
    }

    /// <summary>The first address that the started server answers at, with the port it really took.</summary>
    public static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    // Opened before anything else starts: nothing works without it, and its message is the one to see.
    private static void OpenStore(WebApplication app, ServerOptions options)
    {
        try
        {
            app.Services.GetRequiredService<IStore>();
        }
        catch (StoreUnavailableException e)
        {
            ((IDisposable)app).Dispose();
            var place = options.Postgres is null ? Path.GetFullPath(options.DataFolder) : "--postgres";
            throw new StartupException(StartupProblem.DataUnusable, place, e.Message, "", e);
        }
    }

    private static void AddLogging(WebApplicationBuilder builder, ServerOptions options)
    {
        if (options.LogFormat == LogFormat.Json)
            builder.Logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
        else
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.Configure(logging => logging.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(options.LogLevel);

        // A failed start is thrown to whoever started the server, and told there.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        // That keys are in the store as they are is how everything there is; who reads the store needs no key.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
    }

    private static void AddHost(WebApplicationBuilder builder, ServerOptions options)
    {
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.ConfigureHttpsDefaults(https =>
            {
                // Kestrel wants to know where a certificate will come from; which one it is, is chosen once the client has said hello.
                https.ServerCertificateSelector = (_, _) => null;
                https.TlsClientHelloBytesCallback = TlsCertificates.Listen;
                https.OnAuthenticate = (connection, tls) =>
                    kestrel.ApplicationServices.GetRequiredService<TlsCertificates>().Choose(connection, tls);

                // Stations of security profile 3 show one; whether it is believed depends on the station, and is said at the door.
                https.ClientCertificateMode = Microsoft.AspNetCore.Server.Kestrel.Https.ClientCertificateMode.AllowCertificate;
                https.AllowAnyClientCertificate();
            });
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddRoutingCore();
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        builder.Services.AddExceptionHandler<ExceptionProblems>();

        // The core only: the rest would bring keys to protect cookies with, and files to keep them in. Ours hold nothing but random bits.
        builder.Services.AddAuthenticationCore(authentication => authentication.DefaultScheme = KeyAuthentication.Scheme).AddWebEncoders();
        var authentication = new AuthenticationBuilder(builder.Services).AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(
            KeyAuthentication.Scheme, null);
        if (options.IdentityProvider is { } provider)
            authentication.AddIdentityProvider(provider);
        builder.Services.AddAuthorization(Access.AddPolicies);
        builder.Services.AddSingleton<InProcessPipeline>();
        DecorateServer(builder.Services, options.Urls);
    }

    private static void AddProduct(WebApplicationBuilder builder, ServerOptions options)
    {
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(options.Time);
        builder.Services.AddSingleton<ApiKeys>();
        builder.Services.AddSingleton<FailureLimit>();
        builder.Services.AddConsole();
        builder.Services.AddDriver();
        if (options.Postgres is { } postgres)
            builder.Services.AddPostgresStore(postgres);
        else
            builder.Services.AddSqliteStore(options.DataFolder);
        builder.Services.AddTimers();
        builder.Services.AddSingleton<EventLog>();
        builder.Services.AddSingleton<CloudEvents>();
        if (options is { Node: { } node, Postgres: { } database })
            builder.AddClusterSilo(node, database.ConnectionString);
        else
            builder.AddEmbeddedSilo();
        builder.Services.AddSingleton(options.Certificates);
        builder.Services.AddSingleton(new MaintenanceOptions { Folder = Path.Combine(options.DataFolder, "uploads") });
        builder.Services.AddStripe(options.Stripe);
        builder.Services.AddChargingDomain();
        builder.Services.AddAnalytics();
        builder.Services.AddSingleton<TlsCertificates>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<TlsCertificates>());
        var gateway = new GatewayOptions
        {
            MqttPort = options.MqttPort ?? 0, PublicAddress = options.PublicAddress, MqttBroker = options.MqttBroker,
        };
        builder.Services.AddGateway(gateway, withMqtt: options.MqttPort is not null);
        builder.Services.AddHostedService<FirstStart>();
        var automation = new AutomationOptions
        {
            RunsKeptFor = options.RunsKeptFor,
            RunsKept = options.RunsKept,
            Secrets = options.Secrets,
            Lifecycle = options.Lifecycle,
            Invocations = options.Invocations,
        };
        builder.Services.AddAutomation(automation, provider => new HttpCallerOptions
        {
            Routes = new HttpRoutes(options.Map, options.Allow, ServerOptions.SupplierAuthority),
            InProcess = new InProcessHandler(provider.GetRequiredService<InProcessPipeline>()),
        });
        builder.Services.AddForwarding(options.Publications);
        builder.Configuration.AddInMemoryCollection(options.Telemetry);
        builder.AddOperations();
    }

    private static void UsePipeline(WebApplication app)
    {
        // A proxy on this machine says who asks, and how; nobody else is believed.
        app.Use(app.Services.GetRequiredService<Draining>().SayGoodbyeAsync);
        app.UseForwardedHeaders(new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
        });
        app.Use(SecurityHeaders.AddAsync);
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(pages => ExplainStatus(pages.HttpContext));
        app.UseWebSockets();
        app.UseRouting();

        app.Use(AnswerWhatIsNotThere);
        app.UseAuthentication();
        app.Use(app.Services.GetRequiredService<AuditTrail>().RecordAsync);
        app.UseAuthorization();
        app.Use(FormGuard.CheckAsync);
        app.Use(SiteGate.CheckAsync);
        app.MapOcppGateway();
        app.MapEvents();
        app.MapApi();
        app.MapUploads();
        app.MapOperations();
        app.MapConsole();
        app.MapDriver();
    }

    private static Task ExplainStatus(HttpContext context) => ExplainAsync(context, Problem.OfStatus(context.Response.StatusCode, context.Request));

    // Who came with a browser is told on a page.
    private static Task ExplainAsync(HttpContext context, Problem problem) =>
        context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
            ? ConsolePage.FailAsync(context, problem)
            : problem.WriteAsync(context);

    // What does not exist is not found, whoever asks; the closed fallback policy is for endpoints.
    private static Task AnswerWhatIsNotThere(HttpContext context, RequestDelegate next) => context.GetEndpoint() switch
    {
        null => ExplainAsync(context, Problem.OfStatus(404, context.Request)),
        { DisplayName: "405 HTTP Method Not Supported" or "415 HTTP Unsupported Media Type", RequestDelegate: { } refuse } => refuse(context),
        _ => next(context),
    };

    private static void DecorateServer(IServiceCollection services, string urls)
    {
        var kestrel = services.Last(s => s.ServiceType == typeof(IServer));
        services.Remove(kestrel);
        services.AddSingleton<IServer>(provider => new InProcessServer(
            (IServer)ActivatorUtilities.CreateInstance(provider, kestrel.ImplementationType!),
            provider.GetRequiredService<InProcessPipeline>(), urls));
    }
}
