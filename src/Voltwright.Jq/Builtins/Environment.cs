using Voltwright.Jq.Compilation;
using Voltwright.Jq.Evaluation;
using Voltwright.Jq.Syntax;

namespace Voltwright.Jq.Builtins;

/// <summary>Builtins that reach outside the evaluation; each stands behind an option.</summary>
internal static class Environment
{
    public static JsonValue Input(Machine m, JsonValue input) => m.Host.NextInput?.Invoke() ?? m.Fail("break");

    public static JsonValue LineNumber(Machine m, JsonValue input) => m.Host.LineNumber?.Invoke() ?? 0;

    public static JsonValue FileName(Machine m, JsonValue input) => m.Host.FileName?.Invoke();

    public static NativeCall0 Say(string builtin, JqOptions options) => (_, input) =>
    {
        options.Messages?.Invoke(builtin, input);
        return input;
    };

    public static JsonValue Halt(Machine m, JsonValue input)
    {
        m.Halted = (0, default);
        return m.FailFor(m);
    }

    public static JsonValue HaltError(Machine m, JsonValue input, JsonValue code)
    {
        if (!code.IsNumber)
            return m.Fail("halt_error/1: number required");
        m.Halted = ((int)code.Number, input);
        return m.FailFor(m);
    }

    public static JsonValue Now(Machine m, JsonValue input) =>
        (m.Budget.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10 / 1e6;

    public static NativeCall0 ModuleMeta(Compiler compiler) => (m, input) =>
    {
        if (compiler.Options.ModulePaths is null)
            return m.Fail(Capabilities.Refusal("modulemeta", compiler.Options)!);
        if (!input.TryGetString(out var name))
            return m.Fail("modulemeta input module name must be a string");
        try
        {
            return Meta(ModuleFiles.Parse(ModuleFiles.Find(compiler, new ImportLine(name, null, false, default, 0), ".jq")));
        }
        catch (JqCompileException e)
        {
            return m.Fail(e.Message);
        }
    };

    private static JsonValue Meta(SourceFile file)
    {
        var imports = file.Imports.Select(line =>
        {
            var entry = line.Metadata.TryGetObject(out var given) ? given : JsonObject.Empty;
            if (line.Name is not null)
                entry = entry.With("as", line.Name);
            return (JsonValue)entry.With("is_data", line.IsData).With("relpath", line.Path);
        });
        var definitions = file.Definitions.Select(d => (JsonValue)$"{d.Name}/{d.Parameters.Count}");
        return (file.Metadata.TryGetObject(out var known) ? known : JsonObject.Empty)
            .With("deps", JsonArray.From(imports)).With("defs", JsonArray.From(definitions));
    }
}
