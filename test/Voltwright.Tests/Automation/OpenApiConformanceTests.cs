using Microsoft.AspNetCore.Http;
using Voltwright.Automation;
using Voltwright.Jq;
using Voltwright.Testing;
using Voltwright.Workflows;
using Voltwright.Workflows.Runs;

namespace Voltwright.Tests.Automation;

/// <summary>The scenarios of the conformance features that call what an OpenAPI document describes, with a pet store on loopback.</summary>
public sealed class OpenApiConformanceTests
{
    private const string Document = """
        {"swagger": "2.0", "info": {"title": "pets", "version": "1"}, "host": "petstore.swagger.io", "basePath": "/v2", "schemes": ["https"], "paths": {
          "/pet/findByStatus": {"get": {"operationId": "findPetsByStatus", "parameters": [{"name": "status", "in": "query", "type": "array",
            "collectionFormat": "multi", "required": true, "items": {"type": "string"}}]}},
          "/pet/{petId}": {"get": {"operationId": "getPetById", "parameters": [{"name": "petId", "in": "path", "type": "integer", "required": true}]}}}}
        """;

    public static TheoryData<string> Names => [.. Scenarios.Select(s => s.Name).DefaultIfEmpty("")];

    private static IEnumerable<Scenario> Scenarios => Repository.SharedFiles("ctk", "call.feature").SelectMany(Feature.Read)
        .Where(s => s.Name.Contains("OpenAPI", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Scenario_Played_ComesOutAsTheFeatureSays(string name)
    {
        if (name.Length == 0)
            return;
        var steps = Scenarios.Single(s => s.Name == name).Steps;
        await using var service = await FakeService.StartAsync(request => Results.Text(
            request.Path == "/v2/swagger.json" ? Document
            : request.Path == "/v2/pet/findByStatus?status=available" ? """[{"id": 1}, {"id": 2}]"""
            : """{"id": 1, "name": "pet", "status": "available"}""",
            "application/json"));
        var routes = new HttpRoutes(new Dictionary<string, Uri> { ["https://petstore.swagger.io"] = service.Address });
        using var caller = new HttpCaller(new HttpCallerOptions { Routes = routes }, TimeProvider.System);
        var program = WorkflowProgram.Load(steps[0].Block, "scenario.yaml", HostFeatures.All).Program!;
        var input = WorkflowReader.ReadValue(steps.Single(s => s.Text.StartsWith("given", StringComparison.Ordinal)).Block);

        var run = await new LocalRunner(program, caller, TimeProvider.System).RunAsync("run-1", input, TestContext.Current.CancellationToken);

        Assert.True(run.State.Status == RunStatus.Completed, $"{run.State.Error}");
        foreach (var path in steps.Where(s => s.Text.Contains("should have properties", StringComparison.Ordinal)).SelectMany(s => s.Text.Split('\'').Where((_, i) => i % 2 == 1)))
            Assert.True(Has(run.State.Output, path), $"{path} in {run.State.Output}");
        if (name.Contains("Content", StringComparison.Ordinal))
            Assert.Equal(2, run.State.Output);
    }

    private static bool Has(JsonValue value, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (!value.TryGetObject(out var members) || !members.TryGetValue(name, out value))
                return false;
        }

        return true;
    }
}
