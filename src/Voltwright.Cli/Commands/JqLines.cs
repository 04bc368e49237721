using System.Buffers;
using Voltwright.Jq;

namespace Voltwright.Cli.Commands;

/// <summary>One line in, one line out: how a script or a conformance suite drives jq without a process per case.</summary>
internal static class JqLines
{
    /// <summary>A process that answers for hours must not keep what one bad line needed.</summary>
    private const long HeapWorthCollecting = 128 << 20;

    private const int Room = 1 << 16;

    private static readonly JqBudget Budget = JqBudget.Default;

    private static readonly JsonObject Surroundings = JsonObject.Of(
        [.. Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(e => ((string)e.Key, (JsonValue)(string?)e.Value))]);

    /// <summary>Answers each line of <paramref name="input"/> at once, with a line; blank lines have none.</summary>
    public static async Task AnswerAsync(Stream input, Stream output, IReadOnlyList<string>? library, CancellationToken cancellation)
    {
        var buffer = new byte[Room];
        var (start, end) = (0, 0);
        while (true)
        {
            if (end == buffer.Length)
                (buffer, start, end) = MakeRoom(buffer, start, end);
            var read = await input.ReadAsync(buffer.AsMemory(end), cancellation);
            var looked = end;
            end += read;
            while (buffer.AsSpan(looked, end - looked).IndexOf((byte)'\n') is var length and >= 0)
            {
                await AnswerAsync(buffer.AsMemory(start, looked + length - start), output, library, cancellation);
                start = looked += length + 1;
            }

            if (read > 0)
                continue;
            await AnswerAsync(buffer.AsMemory(start, end - start), output, library, cancellation);
            return;
        }
    }

    /// <summary>Moves what is left of a line to the front, into a larger buffer when it fills more than half.</summary>
    private static (byte[] Buffer, int Start, int End) MakeRoom(byte[] buffer, int start, int end)
    {
        var left = buffer.AsSpan(start, end - start);
        var target = left.Length > buffer.Length / 2 ? new byte[buffer.Length * 2] : left.Length < Room / 2 ? new byte[Room] : buffer;
        left.CopyTo(target);
        return (target, 0, left.Length);
    }

    private static async Task AnswerAsync(ReadOnlyMemory<byte> line, Stream output, IReadOnlyList<string>? library, CancellationToken cancellation)
    {
        if (!line.Span.ContainsAnyExcept(" \t\r"u8))
            return;
        await output.WriteAsync(Answer(line.Span, library), cancellation);
        await output.FlushAsync(cancellation);
        if (GC.GetTotalMemory(false) > HeapWorthCollecting)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, true, true);
    }

    /// <summary>Answers <c>{"program","input","args"}</c> with <c>{"outputs"}</c> or <c>{"outputs","error"}</c>; never throws on bad input.</summary>
    private static ReadOnlyMemory<byte> Answer(ReadOnlySpan<byte> line, IReadOnlyList<string>? library)
    {
        var answer = new ArrayBufferWriter<byte>(256);
        answer.Write("{\"outputs\":["u8);
        var error = ErrorOf(line, library, answer);
        answer.Write("]"u8);
        if (error is { } value)
        {
            answer.Write(",\"error\":"u8);
            value.WriteTo(answer);
        }

        answer.Write("}\n"u8);
        return answer.WrittenMemory;
    }

    private static JsonValue? ErrorOf(ReadOnlySpan<byte> line, IReadOnlyList<string>? library, ArrayBufferWriter<byte> answer)
    {
        try
        {
            var request = JsonValue.Parse(line);
            if (!request["program"].TryGetString(out var source))
                return "the line has no \"program\"";
            var arguments = request["args"].TryGetObject(out var args) ? args : JsonObject.Empty;
            var program = JqProgram.Compile(source, Options([.. arguments.Keys], library));
            return Run(program, request["input"], [.. arguments.Select(a => a.Value)], answer);
        }
        catch (JsonFormatException e)
        {
            return $"column {e.Column}: {e.Message}";
        }
        catch (JqCompileException e)
        {
            return $"line {e.Line}, column {e.Column}: {e.Message}";
        }
    }

    private static JsonValue? Run(JqProgram program, JsonValue input, JsonValue[] arguments, ArrayBufferWriter<byte> answer)
    {
        var start = answer.WrittenCount;
        var end = program.Run(input, Write, arguments, Budget);
        if (answer.WrittenCount - start > Budget.OutputBytes)
            return $"The evaluation used up its output budget of {Budget.OutputBytes} bytes";
        // `halt` is an end, not an error; `halt_error` is one, whatever its exit code.
        var halted = end is { Kind: JqOutcomeKind.Halt, ExitCode: 0, Error.IsNull: true };
        return end.Kind == JqOutcomeKind.Empty || halted ? (JsonValue?)null : end.Error;

        bool Write(JsonValue value)
        {
            if (answer.WrittenCount > start)
                answer.Write(","u8);
            value.WriteTo(answer);
            return answer.WrittenCount - start <= Budget.OutputBytes;
        }
    }

    /// <summary>A person's own command line may read its environment.</summary>
    private static JqOptions Options(IReadOnlyList<string> variables, IReadOnlyList<string>? library) => new()
    {
        Variables = variables,
        Environment = Surroundings,
        Inputs = true,
        Halt = true,
        ModulePaths = library,
    };
}
