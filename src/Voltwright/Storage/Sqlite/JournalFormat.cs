using System.Buffers;
using System.Text;
using Voltwright.Jq;

namespace Voltwright.Storage.Sqlite;

/// <summary>How the journal holds a commit.</summary>
internal static class JournalFormat
{
    private const byte Format = 2;

    /// <summary>Before records could be forgotten.</summary>
    private const byte FirstFormat = 1;

    public static JournalEntry Encode(Commit commit, DateTimeOffset at)
    {
        var eventTexts = JournalEntry.TextsOf(commit.Events);
        var output = new ArrayBufferWriter<byte>(SizeOf(commit, eventTexts));
        Put(output, [Format]);
        PutNumber(output, at.UtcTicks);
        PutNumber(output, commit.Writes.Count);
        foreach (var write in commit.Writes)
        {
            PutBytes(output, Encoding.UTF8.GetBytes(write.Stream));
            PutNumber(output, write.ExpectedVersion);
            PutOptional(output, write.State);
            PutOptional(output, write.Record);
        }

        PutNumber(output, eventTexts.Length);
        foreach (var text in eventTexts)
            PutBytes(output, text.Span);

        PutNumber(output, commit.Timers.Count);
        foreach (var timer in commit.Timers)
        {
            PutBytes(output, Encoding.UTF8.GetBytes(timer.Stream));
            PutBytes(output, Encoding.UTF8.GetBytes(timer.Name));
            PutNumber(output, timer.DueAt?.UtcTicks ?? 0);
        }

        PutNumber(output, commit.Forget.Count);
        foreach (var limit in commit.Forget)
        {
            PutBytes(output, Encoding.UTF8.GetBytes(limit.Stream));
            PutNumber(output, limit.UpToVersion);
        }

        Put(output, [commit.Reply is null ? (byte)0 : (byte)1]);
        if (commit.Reply is { } reply)
        {
            PutBytes(output, Encoding.UTF8.GetBytes(reply.Key));
            PutBytes(output, reply.Body.Span);
        }

        return new JournalEntry(commit, at, eventTexts, output.WrittenMemory);
    }

    /// <summary>The entry without its position.</summary>
    /// <exception cref="InvalidDataException">A newer Voltwright wrote it.</exception>
    public static JournalEntry Decode(ReadOnlyMemory<byte> bytes)
    {
        var input = new Input(bytes);
        var format = input.Byte();
        if (format is not (Format or FirstFormat))
            throw new InvalidDataException($"it has commits of format {format}, which a newer Voltwright wrote");
        var at = new DateTimeOffset(input.Number(), TimeSpan.Zero);
        var writes = new StreamWrite[input.Number()];
        for (var i = 0; i < writes.Length; i++)
            writes[i] = new StreamWrite(input.Text(), input.Number(), input.Optional(), input.Optional());
        var eventTexts = new ReadOnlyMemory<byte>[input.Number()];
        for (var i = 0; i < eventTexts.Length; i++)
            eventTexts[i] = input.Bytes();
        var timers = new TimerChange[input.Number()];
        for (var i = 0; i < timers.Length; i++)
            timers[i] = new TimerChange(input.Text(), input.Text(), input.Number() is var due and > 0 ? new(due, TimeSpan.Zero) : null);
        var forget = new RecordLimit[format == FirstFormat ? 0 : input.Number()];
        for (var i = 0; i < forget.Length; i++)
            forget[i] = new RecordLimit(input.Text(), input.Number());
        var reply = input.Byte() == 0 ? null : new Reply(input.Text(), input.Bytes());
        var events = Array.ConvertAll(eventTexts, e => JsonValue.Parse(e.Span));
        var commit = new Commit { Writes = writes, Events = events, Timers = timers, Forget = forget, Reply = reply };
        return new JournalEntry(commit, at, eventTexts, bytes);
    }

    /// <summary>About: not too small as a rule, so that nothing has to be moved.</summary>
    private static int SizeOf(Commit commit, ReadOnlyMemory<byte>[] eventTexts)
    {
        const int Names = 128;
        var size = Names + (commit.Reply?.Body.Length ?? 0) + ((commit.Timers.Count + commit.Forget.Count) * Names);
        foreach (var write in commit.Writes)
            size += Names + (write.State?.Length ?? 0) + (write.Record?.Length ?? 0);
        foreach (var text in eventTexts)
            size += text.Length + sizeof(int);
        return size;
    }

    private static void Put(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> bytes) => output.Write(bytes);

    private static void PutNumber(ArrayBufferWriter<byte> output, long number)
    {
        var rest = (ulong)number;
        for (; rest >= 0x80; rest >>= 7)
            Put(output, [(byte)(rest | 0x80)]);
        Put(output, [(byte)rest]);
    }

    private static void PutBytes(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        PutNumber(output, bytes.Length);
        Put(output, bytes);
    }

    private static void PutOptional(ArrayBufferWriter<byte> output, ReadOnlyMemory<byte>? bytes)
    {
        Put(output, [bytes is null ? (byte)0 : (byte)1]);
        if (bytes is { } present)
            PutBytes(output, present.Span);
    }

    private struct Input(ReadOnlyMemory<byte> bytes)
    {
        private int _place;

        public byte Byte() => bytes.Span[_place++];

        public long Number()
        {
            ulong number = 0;
            for (var shift = 0; ; shift += 7)
            {
                var next = Byte();
                number |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80)
                    return (long)number;
            }
        }

        public ReadOnlyMemory<byte> Bytes()
        {
            var length = (int)Number();
            _place += length;
            return bytes.Slice(_place - length, length);
        }

        public string Text() => Encoding.UTF8.GetString(Bytes().Span);

        public ReadOnlyMemory<byte>? Optional() => Byte() == 0 ? default(ReadOnlyMemory<byte>?) : Bytes();
    }
}
