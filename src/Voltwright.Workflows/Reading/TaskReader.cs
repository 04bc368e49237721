using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Findings;

namespace Voltwright.Workflows.Reading;

/// <summary>Reads task lists and tasks of every kind.</summary>
internal sealed class TaskReader
{
    private static readonly string[] Kinds =
        ["call", "do", "emit", "for", "fork", "listen", "raise", "run", "set", "switch", "try", "wait"];

    private readonly ReadingContext _context;
    private readonly PartReader _parts;
    private readonly EventReader _events;
    private readonly CallReader _calls;
    private readonly ProcessReader _processes;

    public TaskReader(ReadingContext context)
    {
        _context = context;
        _parts = new PartReader(context);
        _events = new EventReader(context);
        _calls = new CallReader(context, _parts, this);
        _processes = new ProcessReader(context, _parts);
    }

    public TaskList List(SourceNode? node, string pointer)
    {
        var tasks = new List<TaskDefinition>();
        if (node is { Items: null })
            _context.Error(node, Rules.WrongType, $"A task list must be a list, not {ObjectReader.Describe(node)}.", "begin each task with '- name:'");
        var index = 0;
        foreach (var item in node?.Items ?? [])
        {
            if (item.Members is not { Count: 1 })
            {
                _context.Error(item, Rules.InvalidValue, "An entry of a task list is one name with one task.",
                    item.Members is { Count: > 1 } ? "indent the task's properties below its name, or begin a second task with '-'" : null);
            }
            else if (Task(item.Members[0], JsonPointer.Append(pointer, index, item.Members[0].Name)) is { } task)
            {
                tasks.Add(task);
            }

            index++;
        }

        return new TaskList(pointer, tasks);
    }

    public TaskDefinition? Task(SourceMember member, string pointer)
    {
        if (ObjectReader.Open(_context, member.Value, $"Task '{member.Name}'") is not { } reader)
            return null;
        var kind = Kind(reader);
        var properties = new TaskProperties(
            member.Name,
            pointer,
            member.Value,
            member,
            reader.Text("if"),
            _parts.DataFlow(reader.Any("input"), "input", "from"),
            _parts.DataFlow(reader.Any("output"), "output", "as"),
            _parts.DataFlow(reader.Any("export"), "export", "as"),
            _parts.Timeout(reader.TextOrMapping("timeout")),
            reader.Text("then"));
        reader.Mapping("metadata");
        var task = kind is null ? null : Read(kind, reader, properties);
        // Of a task whose kind is not said yet only what all have is known.
        if (kind is not null || reader.Has(ReadingContext.Probe))
            reader.Close();
        return task;
    }

    public IteratorDefinition? Iterator(SourceNode? node, string pointer)
    {
        if (ObjectReader.Open(_context, node, "'foreach'") is not { } reader)
            return null;
        var item = reader.Text("item")?.Text ?? "item";
        var at = reader.Text("at")?.Text ?? "index";
        var tasks = reader.Sequence("do") is { } list ? List(list, JsonPointer.Append(pointer, "do")) : null;
        var output = _parts.DataFlow(reader.Any("output"), "output", "as");
        var export = _parts.DataFlow(reader.Any("export"), "export", "as");
        reader.Close();
        return new IteratorDefinition(reader.Node, item, at, tasks, output, export);
    }

    private string? Kind(ObjectReader reader)
    {
        if (reader.Has(ReadingContext.Probe) && !Kinds.Any(reader.Has))
            _context.Offer(Kinds);
        string[] given = [.. Kinds.Where(k => reader.Has(k) && !(k == "do" && reader.Has("for")))];
        if (given.Length == 1)
            return given[0];
        if (given.Length > 1)
        {
            _context.Error(reader.Node, Rules.InvalidValue, $"A task is of one kind, not of {string.Join(" and ", given.Select(g => $"'{g}'"))}.",
                "indent the second below another name");
            return null;
        }

        var hint = reader.Node.Members!.Select(m => Spelling.Nearest(m.Name, Kinds) is { } near ? $"is '{m.Name}' meant to be '{near}'?" : null)
            .FirstOrDefault(h => h is not null);
        _context.Error(reader.Node, Rules.MissingProperty, $"The task has no kind; it is one of {string.Join(", ", Kinds)}.", hint);
        return null;
    }

    private TaskDefinition? Read(string kind, ObjectReader reader, TaskProperties properties) => kind switch
    {
        "call" => _calls.Read(reader, properties),
        "do" => new DoTask(properties, List(reader.Any("do"), JsonPointer.Append(properties.Pointer, "do"))),
        "emit" => Emit(reader, properties),
        "for" => For(reader, properties),
        "fork" => Fork(reader, properties),
        "listen" => Listen(reader, properties),
        "raise" => Raise(reader, properties),
        "run" => _processes.Read(reader, properties),
        "set" => Set(reader, properties),
        "switch" => Switch(reader, properties),
        "try" => Try(reader, properties),
        _ => _parts.Duration(reader.Any("wait"), "wait") is { } duration ? new WaitTask(properties, duration) : null,
    };

    private static SetTask? Set(ObjectReader reader, TaskProperties properties) =>
        reader.TextOrMapping("set", required: true) is { } value ? new SetTask(properties, value) : null;

    private EmitTask? Emit(ObjectReader reader, TaskProperties properties)
    {
        if (ObjectReader.Open(_context, reader.Any("emit"), "'emit'") is not { } emit)
            return null;
        var @event = ObjectReader.Open(_context, emit.Any("event", required: true), "'event'");
        emit.Close();
        var with = @event?.Mapping("with", required: true);
        @event?.Close();
        if (with is not null && with["type"] is null)
            _context.Error(with, Rules.MissingProperty, "An emitted event needs 'type'.");
        return with is null ? null : new EmitTask(properties, with);
    }

    private ForTask? For(ObjectReader reader, TaskProperties properties)
    {
        var loop = ObjectReader.Open(_context, reader.Any("for"), "'for'");
        var each = loop?.Text("each")?.Text ?? "item";
        var at = loop?.Text("at")?.Text ?? "index";
        var items = loop?.Any("in", required: true);
        loop?.Close();
        var condition = reader.Text("while");
        var body = List(reader.Any("do", required: true), JsonPointer.Append(properties.Pointer, "do"));
        return items is null ? null : new ForTask(properties, each, at, items, condition, body);
    }

    private ForkTask? Fork(ObjectReader reader, TaskProperties properties)
    {
        if (ObjectReader.Open(_context, reader.Any("fork"), "'fork'") is not { } fork)
            return null;
        var pointer = JsonPointer.Append(JsonPointer.Append(properties.Pointer, "fork"), "branches");
        var branches = List(fork.Any("branches", required: true), pointer);
        var compete = fork.Flag("compete")?.Scalar.IsTruthy ?? false;
        fork.Close();
        return new ForkTask(properties, branches, compete);
    }

    private ListenTask? Listen(ObjectReader reader, TaskProperties properties)
    {
        var listen = ObjectReader.Open(_context, reader.Any("listen"), "'listen'");
        var to = _events.Strategy(listen?.Any("to", required: true), "to");
        var read = listen?.Choice("read", "data", "envelope", "raw")?.Text ?? "data";
        listen?.Close();
        var iterator = Iterator(reader.Any("foreach"), JsonPointer.Append(properties.Pointer, "foreach"));
        return to is null ? null : new ListenTask(properties, to, read, iterator);
    }

    private RaiseTask? Raise(ObjectReader reader, TaskProperties properties)
    {
        if (ObjectReader.Open(_context, reader.Any("raise"), "'raise'") is not { } raise)
            return null;
        var error = raise.TextOrMapping("error", required: true);
        raise.Close();
        if (error is null)
            return null;
        return error.Text is null ? new RaiseTask(properties, null, _parts.Error(error)) : new RaiseTask(properties, error, null);
    }

    private SwitchTask? Switch(ObjectReader reader, TaskProperties properties)
    {
        var cases = new List<SwitchCase>();
        var list = reader.Sequence("switch", required: true);
        foreach (var item in list?.Items ?? [])
        {
            if (item.Members is not { Count: 1 })
            {
                _context.Error(item, Rules.InvalidValue, "A case of a switch is one name with 'when' and 'then'.");
                continue;
            }

            if (ObjectReader.Open(_context, item.Members[0].Value, $"Case '{item.Members[0].Name}'") is not { } @case)
                continue;
            cases.Add(new SwitchCase(item.Members[0].Name, @case.Node, @case.Text("when"), @case.Text("then", required: true)));
            @case.Close();
        }

        if (list is { Items.Count: 0 })
            _context.Error(list, Rules.MissingProperty, "A switch needs at least one case.");
        foreach (var extra in cases.Where(c => c.When is null).Skip(1))
            _context.Error(extra.Source, Rules.InvalidValue, $"Case '{extra.Name}' is a second default.", "give it a 'when'");
        return list is null ? null : new SwitchTask(properties, cases);
    }

    private TryTask Try(ObjectReader reader, TaskProperties properties)
    {
        var body = List(reader.Any("try"), JsonPointer.Append(properties.Pointer, "try"));
        var clause = Catch(reader.Any("catch", required: true), JsonPointer.Append(properties.Pointer, "catch"));
        return new TryTask(properties, body, clause ?? new CatchDefinition(properties.Source, null, "error", null, null, null, null, null, null));
    }

    private CatchDefinition? Catch(SourceNode? node, string pointer)
    {
        if (ObjectReader.Open(_context, node, "'catch'") is not { } reader)
            return null;
        var errors = ObjectReader.Open(_context, reader.Any("errors"), "'errors'");
        var with = errors?.Mapping("with");
        errors?.Close();
        var name = reader.Text("as")?.Text ?? "error";
        var (when, except) = (reader.Text("when"), reader.Text("exceptWhen"));
        var retry = reader.TextOrMapping("retry");
        var policy = retry?.Members is null ? null : _parts.Retry(retry);
        var tasks = reader.Sequence("do") is { } list ? List(list, JsonPointer.Append(pointer, "do")) : null;
        var then = reader.Text("then");
        reader.Close();
        return new CatchDefinition(reader.Node, with, name, when, except, retry?.Text is null ? null : retry, policy, tasks, then);
    }
}
