using Voltwright.Automation.Invocations;
using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Tests.Automation.Invocations;

/// <summary>Resources that the test knows by heart.</summary>
internal sealed class FixedResources(params (string Address, string Text)[] known) : IResources
{
    public Task<string> ReadAsync(JsonValue resource, CancellationToken cancellation)
    {
        var address = Resource.AddressOf(resource);
        return known.FirstOrDefault(k => k.Address == address) is (not null, var text)
            ? Task.FromResult(text)
            : throw new InvocationException(InvocationFailure.Communication, $"There is nothing at '{address}'.", 404);
    }
}
