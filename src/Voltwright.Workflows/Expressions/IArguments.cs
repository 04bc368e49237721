using Voltwright.Jq;

namespace Voltwright.Workflows.Expressions;

/// <summary>Gives expressions the values they ask for, at the place where they are evaluated.</summary>
internal interface IArguments
{
    TimeProvider Time { get; }

    JsonValue Get(ArgumentSlot slot);

    /// <summary>Whether that secret may be read: declared, and provided.</summary>
    bool HasSecret(string name);
}
