using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations.Processes;

/// <summary>Runs scripts (DSL reference, Script Process): JavaScript in this process, other languages by their interpreters.</summary>
internal sealed class ScriptRun(ProcessOptions options, TimeProvider time)
{
    // Arguments by name are the script's global variables.
    private const string NamedLauncher = """
        import json, runpy, sys
        names = json.load(open(sys.argv.pop(1)))
        sys.argv.pop(0)
        runpy.run_path(sys.argv[0], init_globals=names, run_name="__main__")
        """;

    public Task<ProcessResult> RunAsync(string language, string code, ProcessRequest request, CancellationToken cancellation)
    {
        if (!options.AllowScripts)
        {
            throw new InvocationException(
                InvocationFailure.Authorization,
                "Scripts are not allowed on this server; the operator allows them with --allow-scripts.");
        }

        return language.ToLowerInvariant() switch
        {
            "js" or "javascript" => Task.Run(() => new JavaScript(options, request, cancellation).Run(code), cancellation),
            "python" => PythonAsync(code, request, cancellation),
            "sh" or "shell" => ProcessAsync(["/bin/sh", "script", .. ShellRun.ArgumentsOf(request)], code, request, cancellation),
            _ => throw new InvocationException(
                InvocationFailure.Configuration, $"There is no interpreter for '{language}'; js, python and sh are known. A container runs any other."),
        };
    }

    private Task<ProcessResult> PythonAsync(string code, ProcessRequest request, CancellationToken cancellation) => request.Names is { } names
        ? new LocalProcess(options, time).RunAsync(
            [options.Python, "launcher", "arguments", "script"],
            request,
            folder =>
            {
                File.WriteAllText(Path.Combine(folder, "launcher"), NamedLauncher);
                File.WriteAllText(Path.Combine(folder, "arguments"), ((JsonValue)names).ToString());
                File.WriteAllText(Path.Combine(folder, "script"), code);
            },
            cancellation)
        : ProcessAsync([options.Python, "script", .. request.Arguments], code, request, cancellation);

    private Task<ProcessResult> ProcessAsync(string[] command, string code, ProcessRequest request, CancellationToken cancellation) =>
        new LocalProcess(options, time).RunAsync(command, request, folder => File.WriteAllText(Path.Combine(folder, "script"), code), cancellation);
}
