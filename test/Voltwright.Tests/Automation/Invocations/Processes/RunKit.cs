using Voltwright.Automation.Invocations.Processes;
using Voltwright.Jq;

namespace Voltwright.Tests.Automation.Invocations.Processes;

/// <summary>Runs what a <c>run</c> task says, given as JSON.</summary>
internal static class RunKit
{
    public static ProcessOptions Allowed { get; } = new() { AllowShell = true, AllowScripts = true };

    public static Task<ProcessResult> ShellAsync(string process, ProcessOptions? options = null, CancellationToken cancellation = default)
    {
        var json = JsonValue.Parse(process);
        return new ShellRun(options ?? Allowed, TimeProvider.System).RunAsync(json, Request(json), Linked(cancellation));
    }

    public static Task<ProcessResult> ScriptAsync(string language, string code, string process = "{}", ProcessOptions? options = null) =>
        new ScriptRun(options ?? Allowed, TimeProvider.System)
            .RunAsync(language, code, Request(JsonValue.Parse(process)), TestContext.Current.CancellationToken);

    private static ProcessRequest Request(JsonValue process) => ProcessRequest.Read(JsonObject.Of(("process", process)));

    private static CancellationToken Linked(CancellationToken cancellation) =>
        cancellation.CanBeCanceled ? cancellation : TestContext.Current.CancellationToken;
}
