using Microsoft.AspNetCore.Http;
using Voltwright.Automation;
using Voltwright.Automation.Invocations;
using Voltwright.Automation.Invocations.OpenApi;
using Voltwright.Jq;
using Voltwright.Testing;
using Voltwright.Workflows;
using Voltwright.Workflows.Runs;

namespace Voltwright.Tests.Automation.Invocations.OpenApi;

public sealed class OpenApiCallTests
{
    private const string Old = """
        { "swagger": "2.0", "host": "petstore.example", "basePath": "/v2", "schemes": ["http", "https"], "consumes": ["application/json"],
          "securityDefinitions": { "key": { "type": "apiKey", "name": "api_key", "in": "header" } },
          "paths": {
            "/pet/findByStatus": { "get": { "operationId": "findPetsByStatus", "parameters": [
              { "name": "status", "in": "query", "required": true, "type": "array", "collectionFormat": "multi" },
              { "name": "tags", "in": "query", "type": "array" } ] } },
            "/pet/{petId}": { "parameters": [ { "$ref": "#/parameters/petId" } ],
              "get": { "operationId": "getPetById" },
              "post": { "operationId": "updatePetWithForm", "consumes": ["application/x-www-form-urlencoded"],
                        "parameters": [ { "name": "name", "in": "formData" } ] } },
            "/pet": { "post": { "operationId": "addPet", "parameters": [ { "name": "pet", "in": "body", "required": true } ] } } },
          "parameters": { "petId": { "name": "petId", "in": "path", "required": true, "type": "integer" } } }
        """;

    private const string New = """
        openapi: 3.1.0
        servers: [ { url: 'https://{env}.example/api/', variables: { env: { default: petstore } } } ]
        paths:
          /items/{id}:
            put:
              operationId: putItem
              parameters:
                - { name: id, in: path, required: true }
                - { name: X-Trace, in: header }
                - { name: session, in: cookie }
                - { name: tags, in: query, explode: false }
                - { name: filter, in: query, style: deepObject }
                - { name: ids, in: query }
              requestBody: { $ref: '#/components/requestBodies/item' }
        components:
          requestBodies: { item: { required: true, content: { application/xml: {}, application/json: {} } } }
        """;

    [Fact]
    public async Task Call_ConformanceWithContentOutput_CountsPets()
    {
        var (state, requests) = await RunAsync(Old, """
            - findPet:
                call: openapi
                with: { document: { endpoint: 'https://petstore.example/v2/swagger.json' }, operationId: findPetsByStatus, parameters: { status: '${ .status }' } }
                output: { as: . | length }
            """, """{"status": "available"}""", _ => Results.Text("""[{"id":1},{"id":2}]""", "application/json"));
        Assert.Equal("2", state.Output.ToString());
        Assert.Equal("/v2/pet/findByStatus?status=available", requests[^1].Path);
    }

    [Fact]
    public async Task Call_ConformanceWithResponseOutput_HasRequestStatusHeadersAndContent()
    {
        var (state, _) = await RunAsync(Old, """
            - getPet:
                call: openapi
                with:
                  document: { endpoint: 'https://petstore.example/v2/swagger.json' }
                  operationId: getPetById
                  parameters: { petId: '${ .petId }' }
                  output: response
            """, """{"petId": 1}""", _ => Results.Text("""{"id":1,"name":"Rex","status":"available"}""", "application/json"));
        Assert.Equal(("GET", "https://petstore.example/v2/pet/1", "Rex"), (
            state.Output["request"]["method"].AsString(), state.Output["request"]["uri"].AsString(), state.Output["content"]["name"].AsString()));
        Assert.Equal((200, true), ((int)state.Output["statusCode"].AsDouble(), state.Output["headers"].IsObject));
    }

    [Fact]
    public async Task Call_Failure_IsACommunicationErrorWithStatusAndDetail()
    {
        var (state, _) = await RunAsync(Old, """
            - a: { call: openapi, with: { document: { endpoint: 'https://petstore.example/v2/swagger.json' }, operationId: getPetById, parameters: { petId: 7 } } }
            """, "null", _ => Results.Problem("There is no pet 7.", statusCode: 404));
        Assert.EndsWith("/communication", state.Error["type"].AsString(), StringComparison.Ordinal);
        Assert.Equal((404, "There is no pet 7."), ((int)state.Error["status"].AsDouble(), state.Error["detail"].AsString()));
    }

    [Theory]
    [InlineData("""{"status": ["a b", "c"], "tags": ["x", "y"], "api_key": "k"}""", "findPetsByStatus", "GET https://petstore.example/v2/pet/findByStatus?status=a%20b&status=c&tags=x,y")]
    [InlineData("""{"petId": 5, "name": "Rex"}""", "updatePetWithForm", "POST https://petstore.example/v2/pet/5")]
    [InlineData("""{"pet": {"id": 1}}""", "addPet", "POST https://petstore.example/v2/pet")]
    public void Request_OfSwagger_HasEveryParameterInItsPlace(string values, string operation, string expected)
    {
        var request = Read(Old).Find(operation).Request(JsonValue.Parse(values).AsObject(), null, false);
        Assert.Equal(expected, request.ToString());
        if (operation == "findPetsByStatus")
            Assert.Equal("k", request.Headers["api_key"].AsString());
        if (operation == "updatePetWithForm")
            Assert.Equal(("application/x-www-form-urlencoded", """{"name":"Rex"}"""), (request.ContentType, request.Body.ToString()));
        if (operation == "addPet")
            Assert.Equal(("application/json", """{"id":1}"""), (request.ContentType, request.Body.ToString()));
    }

    [Theory]
    [InlineData("""{"id": "a/b", "body": {"n": 1}, "X-Trace": "t", "session": "s;", "tags": ["x", "y"], "filter": {"a": 1}, "ids": [1, 2]}""")]
    [InlineData("""{"id": "a/b", "n": 1, "X-Trace": "t", "session": "s;", "tags": ["x", "y"], "filter": {"a": 1}, "ids": [1, 2]}""")]
    public void Request_OfOpenApi_HasEveryParameterInItsPlace(string values)
    {
        var request = Read(New).Find("putItem").Request(JsonValue.Parse(values).AsObject(), null, false);
        Assert.Equal("PUT https://petstore.example/api/items/a%2Fb?tags=x,y&filter[a]=1&ids=1&ids=2", request.ToString());
        Assert.Equal(("t", "session=s%3B"), (request.Headers["X-Trace"].AsString(), request.Headers["Cookie"].AsString()));
        Assert.Equal(("application/json", """{"n":1}"""), (request.ContentType, request.Body.ToString()));
    }

    [Theory]
    [InlineData(Old, "findPets", "{}", "no operation 'findPets'; it has: findPetsByStatus")]
    [InlineData(Old, "getPetById", "{}", "needs the path parameter 'petId'")]
    [InlineData(Old, "getPetById", """{"petId": 1, "verbose": true}""", "no parameter 'verbose'; it has: petId")]
    [InlineData(New, "putItem", """{"id": 1}""", "needs a body")]
    [InlineData("asyncapi: 3.0.0", "x", "{}", "neither Swagger 2.0 nor OpenAPI 3")]
    public void Request_ThatCannotBeMade_IsAConfigurationErrorThatSaysWhy(string document, string operation, string values, string reason)
    {
        var error = Assert.Throws<InvocationException>(() => Read(document).Find(operation).Request(JsonValue.Parse(values).AsObject(), null, false));
        Assert.Equal(InvocationFailure.Configuration, error.Failure);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openapi: 3.0.0", "https://a.example")]
    [InlineData("openapi: 3.0.0\nservers: [ { url: /v3 } ]", "https://a.example/v3")]
    [InlineData("swagger: '2.0'\nbasePath: /v2", "https://a.example/v2")]
    public void Server_ThatIsRelative_IsWhereTheDocumentIs(string head, string expected)
    {
        var document = OpenApiDocument.Read($"{head}\npaths: {{ /x: {{ get: {{ operationId: x }} }} }}", "https://a.example/docs/api.yaml");
        Assert.Equal(expected, document.Find("x").Server);
    }

    private static OpenApiDocument Read(string text) => OpenApiDocument.Read(text, "https://petstore.example/doc");

    private static async Task<(RunState State, IReadOnlyList<FakeRequest> Requests)> RunAsync(
        string document, string tasks, string input, Func<FakeRequest, IResult> answer)
    {
        await using var service = await FakeService.StartAsync(r => r.Path.EndsWith("swagger.json", StringComparison.Ordinal) ? Results.Text(document) : answer(r));
        var compilation = WorkflowProgram.Load(
            $"document: {{ dsl: '1.0.3', namespace: test, name: test, version: '1.0.0' }}\ndo:\n{tasks}", "test.yaml", HostFeatures.All);
        Assert.True(compilation.Program is not null, string.Join('\n', compilation.Findings));
        var routes = new HttpRoutes(new Dictionary<string, Uri> { ["https://petstore.example"] = service.Address });
        using var caller = new HttpCaller(new HttpCallerOptions { Routes = routes }, TimeProvider.System);
        var run = await new LocalRunner(compilation.Program, caller, TimeProvider.System).RunAsync(
            "run-1", JsonValue.Parse(input), TestContext.Current.CancellationToken);
        return (run.State, service.Requests);
    }
}
