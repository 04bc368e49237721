using System.Text;
using Acornima;
using Jint;
using Jint.Native;
using Jint.Native.Json;
using Jint.Runtime;
using Voltwright.Workflows.Runs;
using Engine = Jint.Engine;

namespace Voltwright.Automation.Invocations.Processes;

/// <summary>One script in JavaScript. It sees its arguments, its environment and its standard streams; nothing else of this process.</summary>
internal sealed class JavaScript(ProcessOptions options, ProcessRequest request, CancellationToken cancellation)
{
    // What scripts written for Node expect of their surroundings, as far as it has a meaning here.
    private const string Surroundings = """
        ((host, argv, env) => {
          const text = v => typeof v === 'object' && v !== null && !(v instanceof Error) ? JSON.stringify(v) ?? String(v) : String(v);
          const line = values => values.map(text).join(' ') + '\n';
          const out = (...values) => host.out(line(values)), err = (...values) => host.err(line(values));
          globalThis.console = { log: out, info: out, debug: out, error: err, warn: err };
          globalThis.process = {
            argv, env, exitCode: undefined,
            stdin: { fd: 0 },
            stdout: { fd: 1, write: v => { host.out(String(v)); return true; } },
            stderr: { fd: 2, write: v => { host.err(String(v)); return true; } },
            exit: code => host.exit(code ?? globalThis.process.exitCode ?? 0),
          };
          const readFileSync = file => {
            if (file !== 0 && file !== '/dev/stdin') throw new Error(`a script may read standard input only, not ${file}`);
            return host.stdin;
          };
          const fs = { readFileSync };
          globalThis.require = name => {
            if (name !== 'fs' && name !== 'node:fs') throw new Error(`there is no module '${name}' here, only node:fs`);
            return fs;
          };
          return fs;
        })
        """;

    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    public ProcessResult Run(string code)
    {
        using var engine = new Engine(o => o
            .LimitMemory(options.Memory)
            .MaxStatements(options.Statements)
            .LimitRecursion(1000)
            .TimeoutInterval(options.Timeout)
            .RegexTimeoutInterval(TimeSpan.FromSeconds(1))
            .CancellationToken(cancellation)
            .Strict(false));
        try
        {
            Prepare(engine);
            Execute(engine, code);
            return Ended(engine.Evaluate("globalThis.process.exitCode") is { } exit && exit.IsNumber() ? (long)exit.AsNumber() : 0);
        }
        catch (ExitException exit)
        {
            return Ended(exit.Code);
        }
        catch (JavaScriptException e)
        {
            Write(_error, $"{e.Error}{Where(e)}\n");
            return Ended(1);
        }
        catch (ParseErrorException e)
        {
            Write(_error, $"SyntaxError: {e.Message}\n");
            return Ended(1);
        }
        catch (InvalidOperationException)
        {
            // Jint's way to say that there is no loader of modules.
            Write(_error, "Error: a script may import node:fs only\n");
            return Ended(1);
        }
        catch (ExecutionCanceledException e)
        {
            throw new OperationCanceledException(e.Message, e, cancellation);
        }
        catch (Exception e) when (LimitOf(e) is { } limit)
        {
            throw limit;
        }
    }

    private void Prepare(Engine engine)
    {
        var host = new JsObject(engine);
        host.Set("out", JsValue.FromObject(engine, new Action<string>(text => Write(_output, text))));
        host.Set("err", JsValue.FromObject(engine, new Action<string>(text => Write(_error, text))));
        host.Set("exit", JsValue.FromObject(engine, new Action<double>(code => throw new ExitException((long)code))));
        host.Set("stdin", request.Input ?? "");
        var argv = new JsArray(engine, [.. new[] { "js", "script" }.Concat(request.Arguments).Select(a => (JsValue)a)]);
        var env = new JsObject(engine);
        foreach (var (name, value) in request.Environment)
            env.Set(name, value);
        var fs = engine.Invoke(engine.Evaluate(Surroundings), host, argv, env).AsObject();
        foreach (var name in new[] { "fs", "node:fs" })
            engine.Modules.Add(name, module => module.ExportValue("readFileSync", fs.Get("readFileSync")).ExportValue("default", fs));
        foreach (var (name, value) in request.Names ?? Jq.JsonObject.Empty)
            engine.SetValue(name, new JsonParser(engine).Parse(value.ToString()));
    }

    // A text that is no script (import, await at its top) is a module.
    private static void Execute(Engine engine, string code)
    {
        try
        {
            engine.Execute(Engine.PrepareScript(code, "script"));
        }
        catch (ScriptPreparationException)
        {
            engine.Modules.Add("script", code);
            engine.Modules.Import("script");
        }
    }

    private void Write(StringBuilder stream, string text)
    {
        if (stream.Length + text.Length > options.LargestOutput)
            throw new InvocationException(InvocationFailure.Runtime, $"The script wrote more than {options.LargestOutput} characters.");
        stream.Append(text);
    }

    private ProcessResult Ended(long code) => new(code, _output.ToString(), _error.ToString());

    private static string Where(JavaScriptException e) => e.Location.Start.Line > 0 ? $" (line {e.Location.Start.Line})" : "";

    private InvocationException? LimitOf(Exception e) => e switch
    {
        StatementsCountOverflowException => new(InvocationFailure.Runtime, $"The script executed more than {options.Statements} statements."),
        MemoryLimitExceededException => new(InvocationFailure.Runtime, $"The script allocated more than {options.Memory} bytes."),
        RecursionDepthOverflowException => new(InvocationFailure.Runtime, "The script calls itself too deeply."),
        TimeoutException => new(InvocationFailure.Timeout, $"The script was stopped after {options.Timeout.TotalSeconds:0.###} s, the operator's limit."),
        _ => null,
    };

    private sealed class ExitException(long code) : Exception
    {
        public long Code { get; } = code;
    }
}
