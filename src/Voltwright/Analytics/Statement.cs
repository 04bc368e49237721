using System.Data.Common;
using System.Text.RegularExpressions;

namespace Voltwright.Analytics;

/// <summary>A prepared statement; its parameters are given in the order in which the text first names them.</summary>
internal sealed partial class Statement : IAsyncDisposable
{
    private const int AtOnce = 500;

    private readonly DbCommand _command;

    public Statement(DbConnection connection, DbTransaction? transaction, string sql)
    {
        _command = connection.CreateCommand();
        (_command.CommandText, _command.Transaction) = (sql, transaction);
        foreach (var name in Names().Matches(sql).Select(m => m.Value).Distinct())
        {
            var parameter = _command.CreateParameter();
            parameter.ParameterName = name;
            _command.Parameters.Add(parameter);
        }
    }

    public async Task<int> RunAsync(CancellationToken cancellation, params object?[] values)
    {
        Bind(values);
        return await _command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Once for each row; to a server over a network many at a time.</summary>
    public async Task RunAllAsync(IEnumerable<object?[]> rows, CancellationToken cancellation)
    {
        var connection = _command.Connection!;
        if (!connection.CanCreateBatch)
        {
            foreach (var row in rows)
                await RunAsync(cancellation, row);
            return;
        }

        foreach (var some in rows.Chunk(AtOnce))
        {
            await using var batch = connection.CreateBatch();
            batch.Transaction = _command.Transaction;
            foreach (var row in some)
                batch.BatchCommands.Add(CommandOf(batch, row));
            await batch.ExecuteNonQueryAsync(cancellation);
        }
    }

    public async Task<long> SingleAsync(CancellationToken cancellation, params object?[] values) =>
        (await ReadAsync(row => row.GetInt64(0), cancellation, values))[0];

    public async Task<List<T>> ReadAsync<T>(Func<DbDataReader, T> row, CancellationToken cancellation, params object?[] values)
    {
        Bind(values);
        await using var reader = await _command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(row(reader));
        return rows;
    }

    public ValueTask DisposeAsync() => _command.DisposeAsync();

    private void Bind(object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
            _command.Parameters[i].Value = Storable(values[i]);
    }

    private DbBatchCommand CommandOf(DbBatch batch, object?[] values)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = _command.CommandText;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (_command.Parameters[i].ParameterName, Storable(values[i]));
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static object Storable(object? value) => value switch
    {
        null => DBNull.Value,
        int number => (long)number,
        // PostgreSQL's texts hold no NUL.
        string text => text.Replace("\0", "", StringComparison.Ordinal),
        _ => value,
    };

    [GeneratedRegex("@[a-z]+")]
    private static partial Regex Names();
}
