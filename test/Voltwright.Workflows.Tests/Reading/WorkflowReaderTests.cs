using Voltwright.Workflows.Findings;

namespace Voltwright.Workflows.Tests.Reading;

public sealed class WorkflowReaderTests
{
    private const string Head = "document: { dsl: 1.0.3, namespace: test, name: t, version: 1.0.0 }\n";

    [Theory]
    [InlineData("inptu: {}\ndo: [ { a: { set: { b: 1 } } } ]", 2, 1, Rules.UnknownProperty, "did you mean 'input'?")]
    [InlineData("do:\n  - a:\n      ste: { b: 1 }", 4, 7, Rules.MissingProperty, "is 'ste' meant to be 'set'?")]
    [InlineData("do:\n  - a:\n      set: { b: 1 }\n      call: http", 4, 7, Rules.InvalidValue, null)]
    [InlineData("do:\n  - a: { set: { b: 1 } }\n    b: { set: { b: 1 } }", 3, 5, Rules.InvalidValue, null)]
    [InlineData("do:\n  a: { set: { b: 1 } }", 3, 3, Rules.WrongType, "begin each task with '- name:'")]
    [InlineData("do:\n  - a: { call: http, with: { method: get } }", 3, 28, Rules.MissingProperty, null)]
    [InlineData("do:\n  - a: { call: http, with: { method: get, endpoint: 'https://x', outptu: raw } }", 3, 66, Rules.UnknownProperty,
        "did you mean 'output'?")]
    [InlineData("do:\n  - a: { call: http, with: { endpoint: 'https://x', method: get, output: respnse } }", 3, 74, Rules.InvalidValue,
        "did you mean 'response'?")]
    [InlineData("do:\n  - a: { call: http, with: { method: get, endpoint: 'https://x', redirect: yes } }", 3, 76, Rules.WrongType, null)]
    [InlineData("do:\n  - a: { wait: 30s }", 3, 16, Rules.InvalidValue, null)]
    [InlineData("do:\n  - a: { wait: { second: 1 } }", 3, 18, Rules.UnknownProperty, "did you mean 'seconds'?")]
    [InlineData("do:\n  - a: { switch: [ { b: { when: .x } } ] }", 3, 25, Rules.MissingProperty, null)]
    [InlineData("do:\n  - a: { switch: [ { b: { then: end } }, { c: { then: end } } ] }", 3, 47, Rules.InvalidValue, "give it a 'when'")]
    [InlineData("do:\n  - a: { emit: { event: { with: { source: s } } } }", 3, 33, Rules.MissingProperty, null)]
    [InlineData("do:\n  - a: { raise: { error: { type: t } } }", 3, 26, Rules.MissingProperty, null)]
    [InlineData("do:\n  - a: { raise: { error: { type: t, status: high } } }", 3, 45, Rules.WrongType, null)]
    [InlineData("do:\n  - a: { try: [] }", 3, 8, Rules.MissingProperty, null)]
    [InlineData("do:\n  - a: { for: { each: x }, do: [] }", 3, 15, Rules.MissingProperty, null)]
    [InlineData("do:\n  - a: { listen: { to: { any: [], one: { with: { type: t } } } } }", 3, 24, Rules.InvalidValue, "Keep one.")]
    [InlineData("do:\n  - a: { listen: { to: { one: { with: {} } } } }", 3, 39, Rules.MissingProperty, "give a 'type'")]
    [InlineData("do:\n  - a: { run: { shel: { command: ls } } }", 3, 15, Rules.MissingProperty, "is 'shel' meant to be 'shell'?")]
    [InlineData("schedule: { read: data, every: PT1S }\ndo: [ { a: { set: { b: 1 } } } ]", 2, 19, Rules.InvalidValue, null)]
    [InlineData("evaluate: { mode: lose }\ndo: [ { a: { set: { b: 1 } } } ]", 2, 19, Rules.InvalidValue, "did you mean 'loose'?")]
    [InlineData("use: { authentications: { a: { basic: { username: u } } } }\ndo: [ { a: { set: { b: 1 } } } ]", 2, 39, Rules.MissingProperty, null)]
    public void Read_WrongStructure_IsReportedAtItsPlace(string text, int line, int column, string rule, string? suggestion)
    {
        var reading = WorkflowReader.Read(Head + text, "t.yaml");

        Assert.Contains(reading.Findings, f => (f.Line, f.Column, f.Rule) == (line, column, rule) && (suggestion is null || f.Suggestion == suggestion));
    }

    [Fact]
    public void Read_SeveralErrors_ReportsAllInTheirOrder()
    {
        var reading = WorkflowReader.Read(
            "document: { dsl: 2.0.0, namespace: te st, name: t, version: 1 }\ndo:\n  - a: { sett: 1 }\n  - b: { wait: x }\n", "t.yaml");

        Assert.Equal(
            [(1, Rules.UnsupportedVersion), (1, Rules.InvalidValue), (1, Rules.WrongType), (3, Rules.MissingProperty), (4, Rules.InvalidValue)],
            reading.Findings.Select(f => (f.Line, f.Rule)));
        Assert.All(reading.Findings, f => Assert.Equal("t.yaml", f.File));
    }

    [Theory]
    [InlineData("- when: .a +\n            then: end", 6, Rules.Expression)]
    [InlineData("- when: $inptu.a\n            then: end", 6, Rules.Expression)]
    [InlineData("- when: .a\n            then: nowhere", 7, Rules.UnknownTarget)]
    public void Load_WrongInside_IsReportedAtItsLine(string @case, int line, string rule)
    {
        var text = $"{Head}do:\n  - choose:\n      switch:\n        - b:\n            {@case[2..]}\n";

        var compilation = WorkflowProgram.Load(text, "t.yaml");

        Assert.Null(compilation.Program);
        Assert.Contains(compilation.Findings, f => f.Line == line && f.Rule == rule);
    }

    [Fact]
    public void Load_UnknownVariable_SaysWhichThereAre()
    {
        var finding = Assert.Single(WorkflowProgram.Load($"{Head}do: [ {{ a: {{ set: {{ b: '${{ $inptu.x }}' }} }} }} ]", "t.yaml").Findings);

        Assert.Equal((Rules.Expression, "did you mean '$input'?"), (finding.Rule, finding.Suggestion));
    }

    [Theory]
    [InlineData("a: { if: $input.x == 1, set: { b: 1 } }")]
    [InlineData("a: { set: { b: '${ $output }' } }")]
    [InlineData("a: { set: { b: '${ $error }' } }")]
    [InlineData("a: { try: [ { b: { set: '${ $error }' } } ], catch: {} }")]
    [InlineData("a: { for: { in: '[$item]' }, do: [] }")]
    public void Load_ArgumentWhereItIsNotGranted_IsAnError(string task) =>
        Assert.Contains(WorkflowProgram.Load($"{Head}do: [ {{ {task} }} ]", "t.yaml").Findings, f => f.Rule == Rules.Expression);

    [Theory]
    [InlineData("a: { set: { b: 1 }, then: c }, a: { set: { b: 1 } }", Rules.DuplicateKey)]
    [InlineData("a: { set: { b: 1 }, timeout: never }", Rules.UnknownReference)]
    [InlineData("a: { raise: { error: never } }", Rules.UnknownReference)]
    [InlineData("a: { try: [], catch: { retry: never } }", Rules.UnknownReference)]
    [InlineData("a: { call: never }", Rules.UnknownReference)]
    [InlineData("a: { run: { shell: { command: ls } } }", Rules.Unsupported)]
    [InlineData("a: { call: openapi, with: { document: { endpoint: 'https://x' }, operationId: o } }", Rules.Unsupported)]
    [InlineData("a: { set: { b: 'is ${ .x } here' } }", Rules.LiteralExpression)]
    public void Load_WrongReference_IsReported(string tasks, string rule) =>
        Assert.Contains(WorkflowProgram.Load($"{Head}do: [ {{ {tasks} }} ]", "t.yaml").Findings, f => f.Rule == rule);

    [Fact]
    public void Load_TwoTasksOfOneName_AreReported()
    {
        var finding = Assert.Single(WorkflowProgram.Load($"{Head}do:\n  - a: {{ set: {{ b: 1 }} }}\n  - a: {{ set: {{ b: 1 }} }}\n", "t.yaml").Findings);

        Assert.Equal((Rules.DuplicateTask, 4), (finding.Rule, finding.Line));
    }

    [Fact]
    public void Load_FunctionThatCallsItself_IsRefused()
    {
        var text = $"{Head}use: {{ functions: {{ f: {{ call: g }}, g: {{ do: [ {{ x: {{ call: f }} }} ] }} }} }}\ndo: [ {{ a: {{ call: f }} }} ]";

        Assert.Contains(WorkflowProgram.Load(text, "t.yaml").Findings, f => f.Message.Contains("f → g → f", StringComparison.Ordinal));
    }
}
