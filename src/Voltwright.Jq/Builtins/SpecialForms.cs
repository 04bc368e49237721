using Voltwright.Jq.Compilation;
using Voltwright.Jq.Evaluation;
using Voltwright.Jq.Paths;
using Voltwright.Jq.Syntax;

namespace Voltwright.Jq.Builtins;

/// <summary>A call being compiled.</summary>
internal readonly record struct Form(Compiler Compiler, CallNode Call, Scope? Scope, int Depth)
{
    public Filter Argument(int index) => Compiler.Compile(Call.Arguments[index], Scope, Depth, false);
}

/// <summary>Builtins that need their arguments as expressions, or make paths, and are faster here than written in jq.</summary>
internal static class SpecialForms
{
    public static readonly IReadOnlyDictionary<(string, int), Func<Form, Filter>> Table = new Dictionary<(string, int), Func<Form, Filter>>
    {
        [("empty", 0)] = _ => new EmptyFilter(),
        [("path", 1)] = form => new PathFilter(form.Argument(0)),
        [("getpath", 1)] = form => new GetPathFilter(form.Argument(0)),
        [("range", 1)] = form => new RangeFilter(new ConstantFilter(0), form.Argument(0), new ConstantFilter(1)),
        [("range", 2)] = form => new RangeFilter(form.Argument(0), form.Argument(1), new ConstantFilter(1)),
        [("range", 3)] = form => new RangeFilter(form.Argument(0), form.Argument(1), form.Argument(2)),
        [("first", 1)] = form => new FirstFilter(form.Argument(0)),
        [("last", 1)] = form => new LastFilter(form.Argument(0)),
        [("limit", 2)] = form => new LimitFilter(form.Argument(0), form.Argument(1)),
        [("skip", 2)] = form => new SkipFilter(form.Argument(0), form.Argument(1)),
        [("isempty", 1)] = form => new IsEmptyFilter(form.Argument(0)),
        [("recurse", 0)] = _ => new DescendFilter(),
        [("input", 0)] = form => Capabilities.Refusal("input", form.Compiler.Options) is { } refusal
            ? throw form.Compiler.Error(form.Call, refusal)
            : new Native0Filter(Environment.Input),
        [("env", 0)] = form => form.Compiler.Options.Environment is { } environment
            ? new ConstantFilter(environment)
            : throw form.Compiler.Error(form.Call, Capabilities.Refusal("env", form.Compiler.Options)!),
        [("builtins", 0)] = _ => new ConstantFilter(Catalogue.Names()),
        [("debug", 0)] = form => new Native0Filter(Environment.Say("debug", form.Compiler.Options)),
        [("stderr", 0)] = form => new Native0Filter(Environment.Say("stderr", form.Compiler.Options)),
        [("modulemeta", 0)] = form => new Native0Filter(Environment.ModuleMeta(form.Compiler)),
        [("get_search_list", 0)] = form => new ConstantFilter(JsonArray.From((form.Compiler.Options.ModulePaths ?? []).Select(p => (JsonValue)p))),
    };
}
