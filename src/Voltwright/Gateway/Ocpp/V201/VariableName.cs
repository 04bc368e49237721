using System.Globalization;
using System.Text.RegularExpressions;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>
/// A variable as operators write it: <c>Component.Variable</c>, <c>Component[evse].Variable</c>, or with the variable's instance,
/// <c>Component.Variable(instance)</c>.
/// </summary>
internal static partial class VariableName
{
    /// <summary>Null when the text is no such name.</summary>
    public static (Component Component, Variable Variable)? Read(string text)
    {
        if (Form().Match(text) is not { Success: true } match)
            return null;
        var evse = match.Groups["evse"] is { Success: true } number ? int.Parse(number.Value, CultureInfo.InvariantCulture) : (int?)null;
        return (
            new Component { Name = match.Groups["component"].Value, Evse = evse is { } id ? new EVSE { Id = id } : null },
            new Variable
            {
                Name = match.Groups["variable"].Value,
                Instance = match.Groups["instance"] is { Success: true } instance ? instance.Value : null,
            });
    }

    public static string Write(Component component, Variable variable) =>
        component.Name
        + (component.Evse is { } evse ? $"[{evse.Id.ToString(CultureInfo.InvariantCulture)}]" : "")
        + "." + variable.Name
        + (variable.Instance is { } instance ? $"({instance})" : "");

    [GeneratedRegex(@"^(?<component>[^.\[\]]{1,50})(\[(?<evse>\d{1,6})\])?\.(?<variable>[^.()]{1,50})(\((?<instance>[^()]{1,50})\))?\z")]
    private static partial Regex Form();
}
