using System.Data.Common;
using System.Text.RegularExpressions;

namespace Voltwright.Analytics;

/// <summary>A prepared statement; its parameters are given in the order in which the text first names them.</summary>
internal sealed partial class Statement : IAsyncDisposable
{
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
        {
            _command.Parameters[i].Value = values[i] switch
            {
                null => DBNull.Value,
                int number => (long)number,
                // PostgreSQL's texts hold no NUL.
                string text => text.Replace("\0", "", StringComparison.Ordinal),
                var value => value,
            };
        }
    }

    [GeneratedRegex("@[a-z]+")]
    private static partial Regex Names();
}
