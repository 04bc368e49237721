using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Tests.Schemas;

public sealed class SchemaTests
{
    [Theory]
    [InlineData("{ type: [string, 'null'] }", "null", true)]
    [InlineData("{ type: integer }", "1.0", true)]
    [InlineData("{ type: integer }", "1.5", false)]
    [InlineData("{ type: boolean }", "0", false)]
    [InlineData("{ const: { a: [1] } }", "{\"a\":[1.0]}", true)]
    [InlineData("{ enum: [red, 3] }", "\"blue\"", false)]
    [InlineData("{ minimum: 1, exclusiveMaximum: 3 }", "3", false)]
    [InlineData("{ minimum: 1, exclusiveMinimum: true }", "1", false)]
    [InlineData("{ multipleOf: 0.1 }", "0.3", true)]
    [InlineData("{ multipleOf: 2 }", "3", false)]
    [InlineData("{ minLength: 2 }", "\"😀\"", false)]
    [InlineData("{ pattern: '^[a-z]+$' }", "\"Abc\"", false)]
    [InlineData("{ format: date-time }", "\"2026-01-01T00:00:00Z\"", true)]
    [InlineData("{ format: date-time }", "\"yesterday\"", false)]
    [InlineData("{ format: email }", "\"@\"", false)]
    [InlineData("{ format: uuid }", "\"no\"", false)]
    [InlineData("{ required: [a] }", "{}", false)]
    [InlineData("{ required: [a] }", "[]", true)]
    [InlineData("{ properties: { a: { type: string } }, additionalProperties: false }", "{\"a\":\"x\",\"b\":1}", false)]
    [InlineData("{ patternProperties: { '^x': { type: integer } }, additionalProperties: { type: string } }", "{\"x1\":1,\"y\":\"s\"}", true)]
    [InlineData("{ propertyNames: { maxLength: 2 } }", "{\"long\":1}", false)]
    [InlineData("{ minProperties: 1 }", "{}", false)]
    [InlineData("{ dependentRequired: { a: [b] } }", "{\"a\":1}", false)]
    [InlineData("{ dependentSchemas: { a: { required: [b] } } }", "{\"a\":1}", false)]
    [InlineData("{ items: { type: integer } }", "[1, \"2\"]", false)]
    [InlineData("{ prefixItems: [ { type: integer } ], items: false }", "[1, 2]", false)]
    [InlineData("{ items: [ { type: integer } ], additionalItems: { type: string } }", "[1, \"a\"]", true)]
    [InlineData("{ uniqueItems: true }", "[1, 1.0]", false)]
    [InlineData("{ minItems: 1, maxItems: 2 }", "[1,2,3]", false)]
    [InlineData("{ contains: { const: 1 }, minContains: 2 }", "[1, 2, 1]", true)]
    [InlineData("{ contains: { const: 1 } }", "[2]", false)]
    [InlineData("{ allOf: [ { minimum: 1 }, { maximum: 2 } ] }", "3", false)]
    [InlineData("{ anyOf: [ { type: string }, { minimum: 2 } ] }", "3", true)]
    [InlineData("{ oneOf: [ { minimum: 1 }, { minimum: 2 } ] }", "3", false)]
    [InlineData("{ not: { type: string } }", "\"a\"", false)]
    [InlineData("{ if: { properties: { a: { const: 1 } } }, then: { required: [b] }, else: { required: [c] } }", "{\"a\":1}", false)]
    [InlineData("{ if: { properties: { a: { const: 1 } } }, then: { required: [b] }, else: { required: [c] } }", "{\"a\":2,\"c\":1}", true)]
    [InlineData("{ $ref: '#/$defs/n', $defs: { n: { type: integer } } }", "\"x\"", false)]
    [InlineData("{ $ref: '#n', $defs: { a: { $anchor: n, type: integer } } }", "1", true)]
    [InlineData("{ properties: { next: { $ref: '#' } }, required: [v] }", "{\"v\":1,\"next\":{\"v\":2,\"next\":{}}}", false)]
    [InlineData("{ $ref: '#' }", "1", false)]
    [InlineData("{ allOf: [ { properties: { a: true } } ], unevaluatedProperties: false }", "{\"a\":1}", true)]
    [InlineData("{ allOf: [ { properties: { a: true } } ], unevaluatedProperties: false }", "{\"a\":1,\"b\":1}", false)]
    [InlineData("{ prefixItems: [ true ], unevaluatedItems: false }", "[1, 2]", false)]
    public void Schema_AgainstAValue_Decides(string schema, string value, bool expected)
    {
        var host = new TestHost(Definition(schema)).Run(JsonValue.Parse(value));

        Assert.Equal(expected ? RunStatus.Completed : RunStatus.Faulted, host.State.Status);
    }

    [Theory]
    [InlineData("{ type: text }")]
    [InlineData("{ pattern: '(' }")]
    [InlineData("{ $ref: 'https://x.test/schema.json' }")]
    [InlineData("{ $ref: '#/$defs/missing' }")]
    [InlineData("{ properties: 5 }")]
    [InlineData("{ multipleOf: 0 }")]
    [InlineData("5")]
    public void Schema_ThatIsNone_IsFoundAtLoad(string schema)
    {
        var finding = Assert.Single(WorkflowProgram.Load(Definition(schema), "t.yaml").Findings);

        Assert.Equal(Findings.Rules.Schema, finding.Rule);
        Assert.Equal(2, finding.Line);
    }

    private static string Definition(string schema) => $$"""
        document: { dsl: 1.0.3, namespace: test, name: schemas, version: 1.0.0 }
        input: { schema: { document: {{schema}} } }
        do: [ { a: { set: { n: 1 } } } ]
        """;
}
