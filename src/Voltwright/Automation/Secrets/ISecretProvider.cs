using Voltwright.Jq;

namespace Voltwright.Automation.Secrets;

/// <summary>Somewhere secrets are kept.</summary>
public interface ISecretProvider
{
    /// <summary>Text, or an object whose members are named in definitions; null when there is no such secret. Asked often, at any time.</summary>
    JsonValue? Find(string name);
}
