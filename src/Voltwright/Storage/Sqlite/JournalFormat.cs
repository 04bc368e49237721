using System.Text;
using Voltwright.Jq;

namespace Voltwright.Storage.Sqlite;

/// <summary>How the journal holds a commit.</summary>
internal static class JournalFormat
{
    private const byte Format = 2;

    /// <summary>Before records could be forgotten.</summary>
    private const byte FirstFormat = 1;

    public static void Encode(JournalEntry entry, JournalBuffer output)
    {
        var commit = entry.Commit;
        output.Add(1)[0] = Format;
        PutNumber(output, entry.At.UtcTicks);
        PutNumber(output, commit.Writes.Count);
        foreach (var write in commit.Writes)
        {
            PutText(output, write.Stream);
            PutNumber(output, write.ExpectedVersion);
            PutOptional(output, write.State);
            PutOptional(output, write.Record);
        }

        PutNumber(output, entry.EventTexts.Length);
        foreach (var text in entry.EventTexts)
            PutBytes(output, text.Span);

        PutNumber(output, commit.Timers.Count);
        foreach (var timer in commit.Timers)
        {
            PutText(output, timer.Stream);
            PutText(output, timer.Name);
            PutNumber(output, timer.DueAt?.UtcTicks ?? 0);
        }

        PutNumber(output, commit.Forget.Count);
        foreach (var limit in commit.Forget)
        {
            PutText(output, limit.Stream);
            PutNumber(output, limit.UpToVersion);
        }

        output.Add(1)[0] = commit.Reply is null ? (byte)0 : (byte)1;
        if (commit.Reply is { } reply)
        {
            PutText(output, reply.Key);
            PutBytes(output, reply.Body.Span);
        }
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
        return new JournalEntry(commit, at, eventTexts);
    }

    private static void PutNumber(JournalBuffer output, long number)
    {
        var rest = (ulong)number;
        for (; rest >= 0x80; rest >>= 7)
            output.Add(1)[0] = (byte)(rest | 0x80);
        output.Add(1)[0] = (byte)rest;
    }

    private static void PutText(JournalBuffer output, string text)
    {
        var size = Encoding.UTF8.GetByteCount(text);
        PutNumber(output, size);
        Encoding.UTF8.GetBytes(text, output.Add(size));
    }

    private static void PutBytes(JournalBuffer output, ReadOnlySpan<byte> bytes)
    {
        PutNumber(output, bytes.Length);
        bytes.CopyTo(output.Add(bytes.Length));
    }

    private static void PutOptional(JournalBuffer output, ReadOnlyMemory<byte>? bytes)
    {
        output.Add(1)[0] = bytes is null ? (byte)0 : (byte)1;
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
