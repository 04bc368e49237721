using Voltwright.Jq;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Programs;

/// <summary><c>errors.with</c>: every given property must equal.</summary>
internal sealed class ErrorFilter(JsonObject with)
{
    public bool Matches(JsonObject error)
    {
        foreach (var (name, wanted) in with)
        {
            if (name == "type" ? !ErrorTypes.Same(wanted, error["type"]) : !wanted.Equals(error[name]))
                return false;
        }

        return true;
    }
}
