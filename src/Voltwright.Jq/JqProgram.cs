using Voltwright.Jq.Compilation;
using Voltwright.Jq.Evaluation;
using Voltwright.Jq.Syntax;

namespace Voltwright.Jq;

/// <summary>A compiled jq program. Compile once, evaluate as often and from as many threads as you like.</summary>
public sealed class JqProgram
{
    private const int OutcomeBytes = 32;
    private const string TooDeep = "The evaluation is nested too deeply";

    [ThreadStatic]
    private static Machine? _spare;

    private readonly Filter _filter;
    /// <summary>A program this short, without loops, cannot make much of little.</summary>
    private const int ShortProgram = 100;
    private const int FewSteps = 32;

    private readonly bool _isShort;

    private JqProgram(string source, Filter filter, int nodes) => (Source, _filter, _isShort) = (source, filter, nodes <= ShortProgram);

    /// <summary>The program as it was written.</summary>
    public string Source { get; }

    /// <summary>Reads and compiles a program (jq manual, "Basic filters" and after); modules it imports are read now.</summary>
    /// <param name="source">The program; comments and several lines are fine.</param>
    /// <param name="options">Null: <see cref="JqOptions.Default"/>, under which nothing outside can be reached.</param>
    /// <exception cref="JqCompileException">The text is no jq program, names what is not defined, or needs what the options refuse.</exception>
    public static JqProgram Compile(string source, JqOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= JqOptions.Default;
        var file = Parser.Parse(source);
        var compiler = new Compiler(source, options);
        return new(source, compiler.Program(file), compiler.Nodes);
    }

    /// <summary>The first output, found without computing others; or that there is none, or the error before it.</summary>
    /// <param name="input">What <c>.</c> is.</param>
    /// <param name="variables">Values of <see cref="JqOptions.Variables"/>, in their order; missing ones are <c>null</c>.</param>
    /// <param name="budget">Null: <see cref="JqBudget.Default"/>.</param>
    public JqOutcome First(JsonValue input, ReadOnlySpan<JsonValue> variables = default, JqBudget? budget = null)
    {
        var machine = Take();
        machine.Start(budget ?? JqBudget.Default, variables, JqHost.None);
        try
        {
            var value = _filter.Single ? _filter.Eval(machine, null, input) : FirstOf(machine, input);
            if (value.IsSignal)
                return value.IsNothing ? JqOutcome.None : Failure(machine);
            return (_isShort && machine.StepsSinceLook <= FewSteps) || Fits(machine, value)
                ? JqOutcome.Of(value)
                : Failure(machine);
        }
        catch (InsufficientExecutionStackException)
        {
            return JqOutcome.Failed(TooDeep);
        }
        catch (OutOfMemoryException)
        {
            return OutOfMemory(machine);
        }
        finally
        {
            _spare = machine;
        }
    }

    /// <summary>All outputs; an error, or a halt, comes last. They are computed before the first is handed out.</summary>
    /// <param name="input">What <c>.</c> is.</param>
    /// <param name="variables">Values of <see cref="JqOptions.Variables"/>, in their order; missing ones are <c>null</c>.</param>
    /// <param name="budget">Null: <see cref="JqBudget.Default"/>. Its output bytes hold for all outputs together.</param>
    public IEnumerable<JqOutcome> Run(JsonValue input, JsonValue[]? variables = null, JqBudget? budget = null)
    {
        var outcomes = new List<JqOutcome>();
        var end = Run(input, value => Keep(outcomes, value), variables, budget, null, kept: true);
        if (end.Kind != JqOutcomeKind.Empty)
            outcomes.Add(end);
        return outcomes;
    }

    /// <summary>
    /// Hands each output over when it is found; <paramref name="output"/> answers whether it wants another.
    /// The result is how the run ended: empty, or with an error or halt.
    /// </summary>
    /// <param name="input">What <c>.</c> is.</param>
    /// <param name="output">Called on the evaluating thread; what it throws passes through.</param>
    /// <param name="variables">Values of <see cref="JqOptions.Variables"/>, in their order; missing ones are <c>null</c>.</param>
    /// <param name="budget">Null: <see cref="JqBudget.Default"/>. Its output bytes hold for each output by itself.</param>
    /// <param name="host">Where <c>input</c> reads on; null when there is nothing more to read.</param>
    public JqOutcome Run(JsonValue input, Func<JsonValue, bool> output, JsonValue[]? variables = null, JqBudget? budget = null, JqHost? host = null) =>
        Run(input, output, variables, budget, host, kept: false);

    /// <summary>The program as it was written.</summary>
    public override string ToString() => Source;

    private JqOutcome Run(
        JsonValue input, Func<JsonValue, bool> output, JsonValue[]? variables, JqBudget? budget, JqHost? host, bool kept)
    {
        var machine = Take();
        machine.Start(budget ?? JqBudget.Default, variables, host ?? JqHost.None);
        try
        {
            var flow = machine.Finish(_filter.Run(machine, null, input, null, new OutputSink(machine, output, kept)));
            return flow == Flow.Stop && machine.Reason is not null ? Failure(machine) : JqOutcome.None;
        }
        catch (InsufficientExecutionStackException)
        {
            return JqOutcome.Failed(TooDeep);
        }
        catch (OutOfMemoryException)
        {
            return OutOfMemory(machine);
        }
        finally
        {
            _spare = machine;
        }
    }

    private static bool Keep(List<JqOutcome> outcomes, JsonValue value)
    {
        outcomes.Add(JqOutcome.Of(value));
        return true;
    }

    private static Machine Take()
    {
        var machine = _spare ?? new Machine();
        _spare = null;
        return machine;
    }

    /// <summary>An error or a last word is output, too: one that does not fit gives way to that error.</summary>
    private static JqOutcome Failure(Machine machine)
    {
        if (machine.Halted is var (code, message) && Fits(machine, message))
            return JqOutcome.Halted(message, code);
        if (machine.HasError)
            Fits(machine, machine.Error);
        return JqOutcome.Failed(machine.HasFailed ? machine.Error : "break");
    }

    /// <summary>Whoever gave the process less memory than the budget promises still gets an answer.</summary>
    private static JqOutcome OutOfMemory(Machine machine)
    {
        machine.Exhaust("memory", "bytes", machine.Budget.MemoryBytes);
        return JqOutcome.Failed(machine.Error);
    }

    private JsonValue FirstOf(Machine machine, JsonValue input) => new Builtins.FirstFilter(_filter).Eval(machine, null, input);

    private static bool Fits(Machine machine, JsonValue value) => JsonSize.AtLeast(value, machine.Budget.OutputBytes) <= machine.Budget.OutputBytes
        || machine.Exhaust("output", "bytes", machine.Budget.OutputBytes);

    /// <summary>Bounds each output; all of them together only where they are kept.</summary>
    private sealed class OutputSink(Machine machine, Func<JsonValue, bool> output, bool kept) : Sink
    {
        private long _left = machine.Budget.OutputBytes;

        public override Flow Take(JsonValue value, Trail? trail)
        {
            var size = JsonSize.AtLeast(value, _left);
            if (size > _left)
                machine.Exhaust("output", "bytes", machine.Budget.OutputBytes);
            if (size > _left || (kept && !machine.Charge(OutcomeBytes)))
                return Flow.Stop;
            if (kept)
                _left -= size;
            return output(value) ? Flow.Go : Flow.Stop;
        }
    }
}
