namespace Voltwright.EndToEnd.Crash;

/// <summary>Workflows with every kind of task that has to survive.</summary>
internal static class DurableWorkflows
{
    /// <summary>Forks, pays with retries, waits, loops, runs another, tells, listens for the answer.</summary>
    public const string Order = """
        document: { dsl: '1.0.3', namespace: crash, name: order, version: '1.0.0' }
        schedule: { on: { one: { with: { type: order.placed } } }, read: data }
        do:
          - number: { set: { n: '${ $workflow.input[0].n }' }, export: { as: '{ n: .n }' } }
          - both:
              fork:
                branches:
                  - pay:
                      try:
                        - take: { call: http, with: { method: post, endpoint: 'https://till.example/pay', body: { n: '${ $context.n }' } } }
                      catch: { errors: { with: { status: 503 } }, retry: { delay: { milliseconds: 150 }, limit: { attempt: { count: 20 } } } }
                  - rest: { wait: { milliseconds: 120 } }
          - lines:
              for: { each: line, in: '[1, 2, 3]' }
              do:
                - write: { call: http, with: { method: post, endpoint: 'https://till.example/line', body: { n: '${ $context.n }', line: '${ $line }' } } }
          - ship: { run: { workflow: { namespace: crash, name: ship, version: latest, input: { n: '${ $context.n }' } } } }
          - note: { run: { await: false, workflow: { namespace: crash, name: note, version: latest, input: { n: '${ $context.n }' } } } }
          - tell: { emit: { event: { with: { type: order.shipped, source: /crash, data: { n: '${ $context.n }' } } } } }
          - hear: { listen: { to: { one: { with: { type: order.confirmed, data: '${ .n == $context.n }' } } } } }
          - done: { set: { n: '${ $context.n }', confirmed: '${ .[0].n }' } }
        """;

    public const string Ship = """
        document: { dsl: '1.0.3', namespace: crash, name: ship, version: '1.0.0' }
        do:
          - pack: { wait: { milliseconds: 80 } }
          - send: { call: http, with: { method: post, endpoint: 'https://till.example/ship', body: { n: '${ $workflow.input.n }' } } }
        """;

    public const string Note = """
        document: { dsl: '1.0.3', namespace: crash, name: note, version: '1.0.0' }
        do:
          - write: { call: http, with: { method: post, endpoint: 'https://till.example/note', body: { n: '${ $workflow.input.n }' } } }
        """;

    public const string Confirm = """
        document: { dsl: '1.0.3', namespace: crash, name: confirm, version: '1.0.0' }
        schedule: { on: { one: { with: { type: order.shipped } } }, read: data }
        do:
          - tell: { emit: { event: { with: { type: order.confirmed, source: /crash, data: { n: '${ $workflow.input[0].n }' } } } } }
        """;

    /// <summary>Listens the whole time, to everything that is ordered.</summary>
    public const string Ledger = """
        document: { dsl: '1.0.3', namespace: crash, name: ledger, version: '1.0.0' }
        do:
          - hear: { listen: { to: { any: [ { with: { type: order.placed } }, { with: { type: closed } } ], until: '.[-1].closed == true' } } }
        """;

    public const string Clock = """
        document: { dsl: '1.0.3', namespace: crash, name: clock, version: '1.0.0' }
        schedule: { every: { milliseconds: 700 } }
        do:
          - tick: { call: http, with: { method: post, endpoint: 'https://till.example/tick', body: { run: '${ $workflow.id }' } } }
        """;

    public static IReadOnlyList<string> All { get; } = [Order, Ship, Note, Confirm, Ledger, Clock];
}
