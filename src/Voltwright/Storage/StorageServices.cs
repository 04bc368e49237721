using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Voltwright.Analytics;
using Voltwright.Storage.Postgres;
using Voltwright.Storage.Sqlite;

namespace Voltwright.Storage;

public static class StorageServices
{
    /// <summary>
    /// The store in one SQLite file of that folder. Opened before any hosted service starts, so that a folder that cannot be used
    /// stops the start with a <see cref="StoreUnavailableException"/>.
    /// </summary>
    public static IServiceCollection AddSqliteStore(this IServiceCollection services, string dataFolder)
    {
        services.AddSingleton<IStore>(provider =>
            SqliteStore.Open(dataFolder, provider.GetService<TimeProvider>(), provider.GetService<ILogger<SqliteStore>>()));
        services.AddSingleton(_ => Figures.OpenSqlite(dataFolder));
        services.AddHostedService<Opening>();
        return services;
    }

    /// <summary>The store in a PostgreSQL database; opened as early, and as loud when it cannot be used.</summary>
    public static IServiceCollection AddPostgresStore(this IServiceCollection services, PostgresOptions options)
    {
        services.AddSingleton<IStore>(provider => Task.Run(() => PostgresStore.OpenAsync(
            options, provider.GetService<TimeProvider>(), provider.GetService<ILogger<PostgresStore>>())).GetAwaiter().GetResult());
        services.AddSingleton(_ => Task.Run(() => Figures.OpenPostgresAsync(options)).GetAwaiter().GetResult());
        services.AddHostedService<Opening>();
        return services;
    }

    /// <summary>Wakes the owners of timers. Register an <see cref="ITimerTarget"/> for each kind of stream that sets some.</summary>
    public static IServiceCollection AddTimers(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddHostedService<TimerService>();
        return services;
    }

    private sealed class Opening(IServiceProvider provider) : IHostedLifecycleService
    {
        public Task StartingAsync(CancellationToken cancellationToken)
        {
            provider.GetRequiredService<IStore>();
            return Task.CompletedTask;
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
