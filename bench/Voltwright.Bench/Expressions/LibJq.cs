using System.Runtime.InteropServices;
using System.Text;

namespace Voltwright.Bench.Expressions;

/// <summary>The C library of jq, where it is installed (Debian: <c>libjq1</c>). One compiled program, for one thread.</summary>
internal sealed class LibJq : IDisposable
{
    private const string Name = "voltwright-libjq";
    private static readonly IntPtr Library = Load();

    private IntPtr _state;

    static LibJq() => NativeLibrary.SetDllImportResolver(typeof(LibJq).Assembly, (name, _, _) => name == Name ? Library : IntPtr.Zero);

    /// <exception cref="InvalidOperationException">The library does not take the program.</exception>
    public LibJq(string program, string? arguments = null)
    {
        _state = Init();
        if (Compile(_state, Text(program), Parse(arguments ?? "{}")) == 0)
            throw new InvalidOperationException($"libjq does not compile '{program}'.");
    }

    public static bool IsInstalled => Library != IntPtr.Zero;

    /// <summary>A parsed value; the caller frees it, or hands it to a call that does.</summary>
    public static Value Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    public static Value Parse(byte[] json) => ParseSized(json, json.Length);

    public static void Release(Value value) => Free(value);

    /// <summary>First output of the program for a value that stays the caller's.</summary>
    public Value Evaluate(Value input)
    {
        Start(_state, Copy(input), 0);
        return Next(_state);
    }

    /// <summary>Text in, text out; the length of the text.</summary>
    public int EvaluateText(byte[] json)
    {
        Start(_state, ParseSized(json, json.Length), 0);
        var dumped = Dump(Next(_state), 0);
        var text = Marshal.PtrToStringUTF8(StringValue(dumped));
        Free(dumped);
        return text!.Length;
    }

    /// <summary>Text in, text out of a large document: bytes are copied, not decoded.</summary>
    public byte[] EvaluateBytes(byte[] json)
    {
        Start(_state, ParseSized(json, json.Length), 0);
        var dumped = Dump(Next(_state), 0);
        var bytes = new byte[StringLength(Copy(dumped))];
        Marshal.Copy(StringValue(dumped), bytes, 0, bytes.Length);
        Free(dumped);
        return bytes;
    }

    public void Dispose()
    {
        if (_state != IntPtr.Zero)
            Teardown(ref _state);
    }

    private static IntPtr Load()
    {
        string[] names = ["libjq.so.1", "libjq.so", "libjq.1.dylib", "jq"];
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var handle))
                return handle;
        }

        return IntPtr.Zero;
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text + "\0");

    [DllImport(Name, EntryPoint = "jq_init")]
    private static extern IntPtr Init();

    [DllImport(Name, EntryPoint = "jq_compile_args")]
    private static extern int Compile(IntPtr state, byte[] program, Value arguments);

    [DllImport(Name, EntryPoint = "jq_start")]
    private static extern void Start(IntPtr state, Value input, int flags);

    [DllImport(Name, EntryPoint = "jq_next")]
    private static extern Value Next(IntPtr state);

    [DllImport(Name, EntryPoint = "jq_teardown")]
    private static extern void Teardown(ref IntPtr state);

    [DllImport(Name, EntryPoint = "jv_parse_sized")]
    private static extern Value ParseSized(byte[] json, int length);

    [DllImport(Name, EntryPoint = "jv_dump_string")]
    private static extern Value Dump(Value value, int flags);

    [DllImport(Name, EntryPoint = "jv_string_value")]
    private static extern IntPtr StringValue(Value value);

    [DllImport(Name, EntryPoint = "jv_string_length_bytes")]
    private static extern int StringLength(Value value);

    [DllImport(Name, EntryPoint = "jv_copy")]
    private static extern Value Copy(Value value);

    [DllImport(Name, EntryPoint = "jv_free")]
    private static extern void Free(Value value);

    /// <summary>What the library calls <c>jv</c>: sixteen bytes, passed by value.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly struct Value
    {
        private readonly long _kind;
        private readonly long _content;
    }
}
