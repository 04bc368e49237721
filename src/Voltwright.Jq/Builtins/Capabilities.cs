namespace Voltwright.Jq.Builtins;

/// <summary>What reaches outside an evaluation is refused when a program is compiled, unless its options allow it.</summary>
internal static class Capabilities
{
    /// <summary>Why a builtin is refused; null when it is not.</summary>
    public static string? Refusal(string name, JqOptions options) => name switch
    {
        "env" when options.Environment is null => "env is not available here: the environment is off",
        "input" or "inputs" or "input_filename" or "input_line_number" when !options.Inputs =>
            $"{name} is not available here: reading further inputs is off",
        "halt" or "halt_error" when !options.Halt => $"{name} is not available here: ending the process is off",
        "modulemeta" or "get_search_list" when options.ModulePaths is null => $"{name} is not available here: modules are off",
        _ => null,
    };
}
