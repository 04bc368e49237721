using System.Net;
using Microsoft.Extensions.Time.Testing;
using Voltwright.Server.Auth;
using Voltwright.Storage;

namespace Voltwright.Console.Tests.People;

public sealed class SignInTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    private readonly House _house = shared.House;

    [Fact]
    public async Task Page_WithoutSignIn_LeadsToTheDoorAndBack()
    {
        using var nobody = new Visitor(_house);
        using var asked = await nobody.Client.GetAsync("/stations?q=a");
        Assert.Equal("/sign-in?return=%2Fstations%3Fq%3Da", $"{asked.Headers.Location}");
        using var admitted = await nobody.PostAsync("/sign-in", ("name", "operator"), ("password", House.Password), ("return", "/stations?q=a"));
        Assert.Equal("/stations?q=a", $"{admitted.Headers.Location}");
        Assert.Contains("<h1>Stations</h1>", await nobody.ReadAsync("/stations?q=a"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/a\\..\\b")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/a\nSet-Cookie:x")]
    public async Task Return_ToAnotherPlace_IsTheFirstPage(string place)
    {
        using var visitor = new Visitor(_house);
        using var admitted = await visitor.PostAsync("/sign-in", ("name", "operator"), ("password", House.Password), ("return", place));
        Assert.Equal("/", $"{admitted.Headers.Location}");
    }

    [Fact]
    public async Task Cookie_OfASignIn_IsGuardedAndNewEachTime()
    {
        using var visitor = new Visitor(_house);
        using var first = await visitor.PostAsync("/sign-in", ("name", "operator"), ("password", House.Password));
        var cookie = first.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith(SignIns.Cookie + "=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        var planted = visitor.Cookie!;

        // Whoever knows the token of before knows nothing of after.
        using var second = await visitor.PostAsync("/sign-in", ("name", "administrator"), ("password", House.Password));
        Assert.NotEqual(planted, visitor.Cookie);
        Assert.Null(await _house.Get<SignIns>().FindAsync(planted, CancellationToken.None));
    }

    [Fact]
    public async Task Token_InTheStore_IsKeptAsAHashOnly()
    {
        using var visitor = await _house.SignInAsync("operator");
        var kept = await _house.Get<IStore>().ListAsync("sign-in", [], 10);
        Assert.All(kept.Items, s => Assert.DoesNotContain(visitor.Cookie!, s.Stream + System.Text.Encoding.UTF8.GetString(s.Body.Span), StringComparison.Ordinal));
    }

    [Fact]
    public async Task SignOut_Ever_EndsTheSignInOnTheServer()
    {
        using var visitor = await _house.SignInAsync("operator");
        var token = visitor.Cookie!;
        using var gone = await visitor.PostAsync("/sign-out");
        Assert.Equal(HttpStatusCode.SeeOther, gone.StatusCode);
        Assert.Null(await _house.Get<SignIns>().FindAsync(token, CancellationToken.None));
    }

    [Fact]
    public async Task Password_WrongTooOften_LetsTheAccountRestEvenForTheRightOne()
    {
        var person = await _house.NewPersonAsync(Roles.Support);
        for (var i = 0; i < Server.Auth.People.FailuresAllowed; i++)
            Assert.IsType<SignInOutcome.Wrong>(await TryAsync(person, "wrong"));
        Assert.IsType<SignInOutcome.Resting>(await TryAsync(person, House.Password));
        Assert.IsType<SignInOutcome.Wrong>(await TryAsync("nobody-at-all", "wrong"));
    }

    [Fact]
    public async Task SecondFactor_InUse_IsAskedForAndCountsOnce()
    {
        var people = _house.Get<Server.Auth.People>();
        var person = await _house.NewPersonAsync(Roles.Operator);
        var secret = OneTimeCodes.NewSecret();
        var clock = _house.Get<TimeProvider>();
        var added = await people.AddSecondFactorAsync(person, secret, OneTimeCodes.CodeAt(secret, clock.GetUtcNow().AddSeconds(-30)), CancellationToken.None);
        Assert.Null(added.Refusal);
        Assert.IsType<SignInOutcome.CodeNeeded>(await TryAsync(person, House.Password));
        var code = OneTimeCodes.CodeAt(secret, clock.GetUtcNow());
        Assert.IsType<SignInOutcome.Admitted>(await people.SignInAsync(person, House.Password, code, CancellationToken.None));
        Assert.IsType<SignInOutcome.Wrong>(await people.SignInAsync(person, House.Password, code, CancellationToken.None));
    }

    [Fact]
    public async Task SecondFactor_AddedOnTheOwnPage_IsAskedForAtTheDoor()
    {
        var person = await _house.NewPersonAsync(Roles.Operator);
        using var visitor = await _house.SignInAsync(person);
        var secret = System.Text.RegularExpressions.Regex.Match(await visitor.ReadAsync("/me"), "name=\"secret\" value=\"([A-Z2-7]{32})\"").Groups[1].Value;
        var clock = _house.Get<TimeProvider>();
        using var wrong = await visitor.PostAsync("/me/second-factor", ("secret", secret), ("code", "000000x"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var added = await visitor.PostAsync("/me/second-factor", ("secret", secret), ("code", OneTimeCodes.CodeAt(secret, clock.GetUtcNow().AddSeconds(-30))));
        Assert.Equal("/me", $"{added.Headers.Location}");

        // An open browser is not enough to put another device in its place.
        Assert.Contains("Use another device instead", await visitor.ReadAsync("/me"), StringComparison.Ordinal);
        var second = OneTimeCodes.NewSecret();
        (string, string)[] device = [("secret", second), ("code", OneTimeCodes.CodeAt(second, clock.GetUtcNow()))];
        using var stolen = await visitor.PostAsync("/me/second-factor", device);
        Assert.Equal(HttpStatusCode.BadRequest, stolen.StatusCode);
        using var other = new Visitor(_house);
        using var refused = await other.PostAsync("/sign-in", ("name", person), ("password", House.Password));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var admitted = await other.PostAsync(
            "/sign-in", ("name", person), ("password", House.Password), ("code", OneTimeCodes.CodeAt(secret, clock.GetUtcNow().AddSeconds(30))));
        Assert.Equal(HttpStatusCode.SeeOther, admitted.StatusCode);
        using var replaced = await visitor.PostAsync("/me/second-factor", [.. device, ("old", House.Password)]);
        Assert.Equal("/me", $"{replaced.Headers.Location}");
    }

    [Fact]
    public async Task Password_Changed_SignsTheOtherBrowsersOut()
    {
        var person = await _house.NewPersonAsync(Roles.Operator);
        using var here = await _house.SignInAsync(person);
        using var elsewhere = await _house.SignInAsync(person);
        using var wrong = await here.PostAsync("/me/password", ("old", "not it at all"), ("password", "another long password"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var changed = await here.PostAsync("/me/password", ("old", House.Password), ("password", "another long password"));
        Assert.Equal("/me", $"{changed.Headers.Location}");
        Assert.NotNull(await _house.Get<SignIns>().FindAsync(here.Cookie!, CancellationToken.None));
        Assert.Null(await _house.Get<SignIns>().FindAsync(elsewhere.Cookie!, CancellationToken.None));
        using var again = await _house.SignInAsync(person, "another long password");
    }

    [Fact]
    public async Task Key_OfTheAdministrator_SignsInAndMakesTheFirstAccount()
    {
        using var visitor = new Visitor(_house);
        using var admitted = await visitor.PostAsync("/sign-in", ("key", House.Key));
        Assert.Equal(HttpStatusCode.SeeOther, admitted.StatusCode);
        using var added = await visitor.PostAsync(
            "/people", ("id", "anna"), ("name", "Anna"), ("role", Roles.Administrator), ("password", House.Password));
        Assert.Equal("/people", $"{added.Headers.Location}");
        using var anna = await _house.SignInAsync("anna");
        Assert.Contains("Anna", await anna.ReadAsync("/people"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_WithoutItsToken_IsRefused()
    {
        using var visitor = await _house.SignInAsync("administrator");
        using var forged = await visitor.Client.PostAsync("/tariffs", new FormUrlEncodedContent([KeyValuePair.Create("Id", "forged")]));
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        using var api = await visitor.Client.PostAsync("/api/v2/cards", new StringContent("""{"id":"X"}""", System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Forbidden, api.StatusCode);
        using var login = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent([KeyValuePair.Create("key", House.Key)]) };
        login.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var nobody = new Visitor(_house);
        using var crossSite = await nobody.Client.SendAsync(login);
        Assert.Equal(HttpStatusCode.Forbidden, crossSite.StatusCode);
    }

    [Fact]
    public async Task Role_ThatChanges_CountsForThePagesThatAreOpen()
    {
        var person = await _house.NewPersonAsync(Roles.Operator);
        using var visitor = await _house.SignInAsync(person);
        await _house.Get<Server.Auth.People>().SetRoleAsync(person, Roles.ReadOnly, CancellationToken.None);
        using var refused = await visitor.PostAsync("/cards", ("id", "C1"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        await _house.Get<Server.Auth.People>().SetDisabledAsync(person, true, CancellationToken.None);
        using var gone = await visitor.Client.GetAsync("/stations");
        Assert.StartsWith("/sign-in", $"{gone.Headers.Location}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_OfAChange_TellsWhoWhatWhereAndHowItEnded()
    {
        using var visitor = await _house.SignInAsync("operator");
        using var done = await visitor.PostAsync("/cards", ("id", "AUDITED"));
        using var refused = await visitor.PostAsync("/people", ("id", "mallory"), ("role", "administrator"), ("password", House.Password));
        await _house.SendAsync(HttpMethod.Post, "/api/v2/cards", """{"id":"BY-KEY"}""");
        var (entries, _) = await _house.Get<AuditTrail>().ListAsync(null, null, 50, CancellationToken.None);
        var card = entries.Single(e => e.Detail == "AUDITED");
        Assert.Equal(("operator", "Makes a card known", "127.0.0.1", true), (card.Who, card.What, card.From, card.Succeeded));
        Assert.Contains(entries, e => e is { What: "Adds a person", Who: "operator", Status: 403, Succeeded: false });
        Assert.Contains(entries, e => e is { What: "Makes a card known", Who: "key:configured administrator", Status: 201 });
        Assert.DoesNotContain(entries, e => $"{e}".Contains(House.Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ApiKey_WithAScope_DoesThatOnly()
    {
        var created = await _house.SendAsync(HttpMethod.Post, "/api/v2/keys", """{"name":"narrow","role":"administrator","scope":["read"]}""");
        using var client = _house.NewClient(created["secret"].AsString());
        using var read = await client.GetAsync("/api/v2/stations");
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using var write = await client.PostAsync("/api/v2/cards", new StringContent("""{"id":"X"}""", System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Forbidden, write.StatusCode);
    }

    [Fact]
    public async Task ApiKey_PastItsEnd_IsUnknown()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        var keys = new ApiKeys(_house.Get<IStore>(), new Server.ServerOptions { Time = time });
        var (_, secret) = await keys.CreateAsync("short", Roles.Operator, CancellationToken.None, time.GetUtcNow().AddDays(1));
        Assert.NotNull(await keys.FindAsync(secret, CancellationToken.None));
        time.Advance(TimeSpan.FromDays(1));
        Assert.Null(await keys.FindAsync(secret, CancellationToken.None));
    }

    private Task<SignInOutcome> TryAsync(string name, string password) =>
        _house.Get<Server.Auth.People>().SignInAsync(name, password, null, CancellationToken.None);
}
