using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Voltwright.Jq;
using Voltwright.Server;
using Voltwright.Server.Auth;
using Voltwright.Simulator.Ocpp;
using Voltwright.Testing;

namespace Voltwright.Console.Tests;

/// <summary>A whole server with the shipped workflows, a tariff and cards, and people of every role.</summary>
public sealed class House : IAsyncDisposable
{
    public const string Key = "key-of-the-tests";
    public const string Password = "correct horse battery";
    public const string StationSecret = "a secret of sixteen";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly List<IAsyncDisposable> _stations = [];

    private House(Func<ServerOptions, ServerOptions>? change)
    {
        var options = new ServerOptions
        {
            Urls = "http://127.0.0.1:0",
            DataFolder = _folder.Path,
            MqttPort = null,
            AdministratorKey = Key,
            WorkflowsFolder = Path.Combine(Repository.Root, "workflows"),
        };
        App = VoltwrightServer.Build(change?.Invoke(options) ?? options);
    }

    public WebApplication App { get; }

    public Uri Address => VoltwrightServer.AddressOf(App);

    /// <summary>Shows the administrator's key with each request.</summary>
    public HttpClient Api { get; private set; } = null!;

    public T Get<T>()
        where T : notnull => App.Services.GetRequiredService<T>();

    public static async Task<House> OpenAsync(Func<ServerOptions, ServerOptions>? change = null)
    {
        var house = new House(change);
        await house.App.StartAsync();
        house.Api = house.NewClient(Key);
        await house.SendAsync(HttpMethod.Put, "/api/v2/tariffs/default", """{"currency":"EUR","perKwh":49,"sessionFee":100,"taxPercent":20}""");
        foreach (var role in Roles.OfPeople)
            await house.Get<Server.Auth.People>().AddAsync(role, role, role, Password, CancellationToken.None);
        return house;
    }

    public HttpClient NewClient(string? key)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>A browser in which that person has signed in.</summary>
    public async Task<Visitor> SignInAsync(string name, string password = Password, string? code = null)
    {
        var visitor = new Visitor(this);
        var answer = await visitor.PostAsync("/sign-in", ("name", name), ("password", password), ("code", code ?? ""));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return visitor;
    }

    public async Task<JsonValue> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await Api.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? JsonValue.Null : JsonValue.Parse(text);
    }

    /// <summary>Somebody whom no other test knows; the name is the id.</summary>
    public async Task<string> NewPersonAsync(string role)
    {
        var id = $"p{Guid.NewGuid():N}"[..12];
        Assert.Null((await Get<Server.Auth.People>().AddAsync(id, id, role, Password, CancellationToken.None)).Refusal);
        return id;
    }

    public Task AddCardAsync(string id, string? label = null) =>
        SendAsync(HttpMethod.Post, "/api/v2/cards", $"{(JsonValue)JsonObject.Of(("id", id), ("label", label ?? id))}");

    public Task RegisterAsync(string id, string? name = null) => SendAsync(
        HttpMethod.Post, "/api/v2/stations",
        $"{(JsonValue)JsonObject.Of(("id", id), ("protocol", "ocpp1.6"), ("slots", 2), ("secret", StationSecret), ("name", name ?? id))}");

    /// <summary>Registers nothing: a station that knocks.</summary>
    public OcppStation NewStation(string id)
    {
        var endpoint = new UriBuilder(Address) { Scheme = "ws", Path = "/ocpp" }.Uri;
        var station = new OcppStation(
            new OcppStationOptions { Id = id, Endpoint = endpoint, Secret = StationSecret, Connectors = 2 },
            new Simulator.SimulationClock(TimeProvider.System, 360));
        _stations.Add(station);
        return station;
    }

    public async Task<JsonValue> EventuallyAsync(string path, Func<JsonValue, bool> isIt)
    {
        using var deadline = new CancellationTokenSource(Patience, TimeProvider.System);
        var seen = JsonValue.Null;
        while (!deadline.IsCancellationRequested)
        {
            seen = await SendAsync(HttpMethod.Get, path);
            if (isIt(seen))
                return seen;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        throw new TimeoutException($"{path} did not become what was expected; it is {seen}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var station in _stations)
            await station.DisposeAsync();
        Api.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>A browser without a screen: it keeps cookies and knows the form token of its pages.</summary>
public sealed class Visitor(House house) : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private HttpClient? _client;

    public HttpClient Client => _client ??= new HttpClient(
        new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = house.Address };

    public string? Cookie => _cookies.GetCookies(house.Address)[SignIns.Cookie]?.Value;

    public string FormToken => Cookie is { } token ? SignIns.FormTokenOf(token) : "";

    public async Task<string> ReadAsync(string path)
    {
        using var response = await Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        Client.PostAsync(path, new FormUrlEncodedContent(
            fields.Append(("form-token", FormToken)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))));

    public void Dispose() => _client?.Dispose();
}

/// <summary>One house for all tests of a class.</summary>
public sealed class SharedHouse : IAsyncLifetime
{
    public House House { get; private set; } = null!;

    public async ValueTask InitializeAsync() => House = await House.OpenAsync();

    public ValueTask DisposeAsync() => House.DisposeAsync();
}
