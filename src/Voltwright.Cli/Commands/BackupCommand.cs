using System.CommandLine;
using Voltwright.Storage;
using Voltwright.Storage.Backups;
using Voltwright.Storage.Postgres;

namespace Voltwright.Cli.Commands;

/// <summary>Whole stores as files, and from one kind of store to the other.</summary>
internal static class BackupCommand
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "The data folder.",
        DefaultValueFactory = _ => "./voltwright-data",
    };

    private static readonly Option<string> Postgres = new("--postgres")
    {
        Description = "The PostgreSQL database, instead of a data folder. Default: VOLTWRIGHT_POSTGRES.",
    };

    private static readonly Option<string> To = new("--to") { Description = "The file to write; it must not be there.", Required = true };
    private static readonly Option<string> File = new("--from") { Description = "The backup.", Required = true };
    private static readonly Option<string> Folder = new("--from") { Description = "The data folder of a server that is stopped.", Required = true };

    public static Command Create() => new Command("backup", "Copy everything into one file, while the server runs.") { Data, Postgres, To }
        .Runs(async (parsed, cancellation) =>
        {
            var file = parsed.GetValue(To)!;
            await GuardAsync(async () =>
            {
                if (PostgresOf(parsed) is { } database)
                    await Backup.OfPostgresAsync(database, file, cancellation);
                else
                    Backup.OfSqlite(parsed.GetValue(Data)!, file);
            });
            await Console.Error.WriteLineAsync($"Everything is in {Path.GetFullPath(file)}.");
            return ExitCode.Success;
        });

    public static Command CreateRestore() =>
        new Command("restore", "Fill an empty data folder or database from a backup, of whichever store it was.") { File, Data, Postgres }
            .Runs(async (parsed, cancellation) =>
            {
                var file = parsed.GetValue(File)!;
                await GuardAsync(async () =>
                {
                    if (PostgresOf(parsed) is { } database)
                        await Backup.ToPostgresAsync(file, database, cancellation);
                    else
                        Backup.ToSqlite(file, parsed.GetValue(Data)!);
                });
                await Console.Error.WriteLineAsync($"{file} is restored: start the server.");
                return ExitCode.Success;
            });

    public static Command CreateMigrate() =>
        new Command("migrate", "Move the store of a data folder into an empty PostgreSQL database. The folder stays as it is.") { Folder, Postgres }
            .Runs(async (parsed, cancellation) =>
            {
                var database = PostgresOf(parsed) ?? throw new UsageException("name the database with --postgres.");
                await GuardAsync(() => Backup.MigrateAsync(parsed.GetValue(Folder)!, database, cancellation));
                await Console.Error.WriteLineAsync("Everything is in PostgreSQL: start the server with --postgres.");
                return ExitCode.Success;
            });

    private static PostgresOptions? PostgresOf(ParseResult parsed) =>
        (parsed.GetValue(Postgres) ?? Environment.GetEnvironmentVariable("VOLTWRIGHT_POSTGRES")) is { Length: > 0 } connection
            ? new PostgresOptions(connection) : null;

    private static async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException(e.Message);
        }
    }
}
