using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations.Processes;

/// <summary>Runs shell commands (DSL reference, Shell Process).</summary>
internal sealed class ShellRun(ProcessOptions options, TimeProvider time)
{
    /// <summary>The command sees arguments by position as <c>$1</c> and on; those by name as <c>name=value</c>, in order.</summary>
    public Task<ProcessResult> RunAsync(JsonValue process, ProcessRequest request, CancellationToken cancellation)
    {
        if (!options.AllowShell)
        {
            throw new InvocationException(
                InvocationFailure.Authorization,
                "Shell commands are not allowed on this server; the operator allows them with --allow-shell.");
        }

        string[] command = ["/bin/sh", "-c", ProcessRequest.Text(process["command"]), "sh", .. ArgumentsOf(request)];
        return new LocalProcess(options, time).RunAsync(command, request, null, cancellation);
    }

    public static IEnumerable<string> ArgumentsOf(ProcessRequest request) =>
        request.Names?.Select(n => n.Value.IsNull ? n.Key : $"{n.Key}={ProcessRequest.Text(n.Value)}") ?? request.Arguments;
}
