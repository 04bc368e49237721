using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Voltwright.Testing;

/// <summary>
/// What Stripe's API does with Checkout Sessions, Payment Intents and refunds, as far as it is used here: with its states, its keys for
/// repeats, its errors, and a page on which to pay.
/// </summary>
public sealed class FakeStripe : IAsyncDisposable
{
    public const string Key = "sk_test_of_the_tests";
    public const string Secret = "whsec_of_the_tests";

    private readonly ConcurrentDictionary<string, Checkout> _checkouts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string Body, int Status, object Answer)> _answers = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private FakeService _service = null!;
    private int _count;

    /// <summary>What goes wrong with a request, if anything does.</summary>
    public enum Trouble
    {
        None,

        /// <summary>500, and nothing was done; kept under the key.</summary>
        Broken,

        /// <summary>500 although it was done.</summary>
        BrokenAfterwards,

        /// <summary>It was done, and the answer never comes.</summary>
        Silent,

        /// <summary>Refused for good.</summary>
        Refused,
    }

    public Uri Address => _service.Address;

    public IReadOnlyCollection<Checkout> Checkouts => [.. _checkouts.Values];

    /// <summary>Asked for each request that changes something, by its path.</summary>
    public Func<string, Trouble> Troubles { get; set; } = _ => Trouble.None;

    public int Requests => _service.Requests.Count;

    public static async Task<FakeStripe> StartAsync()
    {
        var stripe = new FakeStripe();
        stripe._service = await FakeService.StartAsync(stripe.AnswerAsync);
        return stripe;
    }

    /// <summary>The hold's newest page.</summary>
    public Checkout Of(string holdId) => _checkouts.Values.Where(c => c.Reference == holdId).MaxBy(c => c.Number)!;

    /// <summary>The driver pays on the page, or the bank refuses.</summary>
    public void Pay(Checkout checkout, bool declined = false)
    {
        lock (_lock)
        {
            checkout.Declined = declined;
            if (!declined && checkout.Status == "open")
                (checkout.Status, checkout.IntentStatus) = ("complete", "requires_capture");
        }
    }

    /// <summary>Tells the server of it as Stripe does, signed.</summary>
    public static async Task<HttpResponseMessage> TellAsync(HttpClient server, Checkout checkout, string secret = Secret, TimeSpan age = default)
    {
        var body = JsonSerializer.Serialize(new
        {
            id = "evt_1", @object = "event", type = "checkout.session.completed", api_version = "2020-01-01", created = 1,
            data = new { @object = Json(checkout, expand: false) },
        });
        var at = (TimeProvider.System.GetUtcNow() - age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{at}.{body}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v2/payments/stripe/events")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Stripe-Signature", $"t={at},v1={Convert.ToHexStringLower(hash)}");
        return await server.SendAsync(request);
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private async Task AnswerAsync(FakeRequest request, HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path.StartsWith("/pay/", StringComparison.Ordinal))
        {
            await ShowPageAsync(request, context, _checkouts[path["/pay/".Length..]]);
            return;
        }

        if (request.Header("Authorization") != $"Bearer {Key}")
        {
            await WriteAsync(context, 401, Error("Invalid API Key provided", null));
            return;
        }

        if (request.Method == "GET")
        {
            var (found, known) = Do(path, [], $"{context.Request.Query["payment_intent"]}");
            await WriteAsync(context, found, known);
            return;
        }

        var key = request.Header("Idempotency-Key") ?? throw new InvalidOperationException($"{path} came without a key.");
        var trouble = Trouble.None;
        (string Body, int Status, object Answer) kept;
        lock (_lock)
        {
            if (!_answers.TryGetValue(key, out kept))
            {
                trouble = Troubles(path);
                var (status, answer) = trouble switch
                {
                    Trouble.Broken => (500, Error("Stripe is broken", null)),
                    Trouble.Refused => (402, Error("Your bank said no.", "card_declined")),
                    _ => Do(path, QueryHelpers.ParseQuery(request.Body).ToDictionary(f => f.Key, f => f.Value.ToString()), null),
                };
                kept = trouble == Trouble.BrokenAfterwards ? (request.Body, 500, Error("Stripe is broken", null)) : (request.Body, status, answer);
                _answers[key] = kept;
            }
        }

        if (trouble == Trouble.Silent)
            await FakeService.NeverAsync(context);
        else if (kept.Body != request.Body)
            await WriteAsync(context, 400, Error("Keys for idempotent requests can only be used with the same parameters.", "idempotency_error"));
        else
            await WriteAsync(context, kept.Status, kept.Answer);
    }

    private (int Status, object Answer) Do(string path, Dictionary<string, string> form, string? ofIntent)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path == "/v1/checkout/sessions")
            return Open(form);
        if (path == "/v1/refunds")
            return ofIntent is null ? Refund(form) : (200, List(_checkouts.Values.Single(c => c.IntentId == ofIntent)));
        var id = parts[1] == "checkout" ? parts[3] : parts[2];
        if (_checkouts.Values.FirstOrDefault(c => c.Id == id || c.IntentId == id) is not { } checkout)
            return (404, Error($"No such object: {id}", "resource_missing"));
        var ofSession = checkout.Id == id;
        (string From, string To)? move = (ofSession, parts[^1]) switch
        {
            (true, "expire") => ("open", "expired"),
            (false, "capture") => ("requires_capture", "succeeded"),
            (false, "cancel") => ("requires_capture", "canceled"),
            _ => null,
        };
        if (move is { } moved)
        {
            var was = ofSession ? checkout.Status : checkout.IntentStatus;
            if (was != moved.From)
                return (400, Error($"It is {was}.", "payment_intent_unexpected_state"));
            if (ofSession)
                checkout.Status = moved.To;
            else
                checkout.IntentStatus = moved.To;
            if (moved.To == "succeeded")
                checkout.Captures.Add(long.Parse(form["amount_to_capture"], CultureInfo.InvariantCulture));
        }

        return (200, ofSession ? Json(checkout, expand: true) : Intent(checkout));
    }

    private (int Status, object Answer) Open(Dictionary<string, string> form)
    {
        if (form["line_items[0][price_data][currency]"] is not ("eur" or "sek"))
            return (400, Error("Invalid currency", "parameter_invalid"));
        if (form["payment_intent_data[capture_method]"] != "manual" || form["allowed_payment_method_types[0]"] != "card")
            throw new InvalidOperationException("Only cards that are captured by hand can be held.");
        var number = Interlocked.Increment(ref _count);
        var checkout = new Checkout(
            number, form["client_reference_id"], new Uri(Address, $"/pay/cs_{number}"),
            long.Parse(form["line_items[0][price_data][unit_amount]"], CultureInfo.InvariantCulture),
            form["line_items[0][price_data][currency]"], form["success_url"], form["cancel_url"]);
        _checkouts[checkout.Id] = checkout;
        return (200, Json(checkout, expand: false));
    }

    private (int Status, object Answer) Refund(Dictionary<string, string> form)
    {
        var checkout = _checkouts.Values.Single(c => c.IntentId == form["payment_intent"]);
        var amount = long.Parse(form["amount"], CultureInfo.InvariantCulture);
        if (amount > checkout.Captures.Sum() - checkout.Refunds.Sum())
            return (400, Error("Refund amount is greater than unrefunded amount on charge", null));
        checkout.Refunds.Add(amount);
        return (200, RefundOf(checkout, checkout.Refunds.Count - 1));
    }

    private static object List(Checkout checkout) =>
        new { @object = "list", has_more = false, data = checkout.Refunds.Select((_, i) => RefundOf(checkout, i)) };

    private static object RefundOf(Checkout checkout, int number) => new
    {
        id = $"re_{checkout.Id}_{number}", @object = "refund", amount = checkout.Refunds[number], status = "succeeded",
        metadata = new { voltwright_hold = checkout.Reference },
    };

    private static object Json(Checkout c, bool expand) => new
    {
        id = c.Id, @object = "checkout.session", status = c.Status, client_reference_id = c.Reference,
        url = c.Status == "open" ? c.Page : null,
        payment_intent = c.Status != "complete" && !c.Declined ? null : expand ? Intent(c) : c.IntentId,
    };

    private static object Intent(Checkout c) => new
    {
        id = c.IntentId, @object = "payment_intent", status = c.IntentStatus, amount = c.Amount, currency = c.Currency,
        amount_capturable = c.IntentStatus == "requires_capture" ? c.Amount : 0, amount_received = c.Captures.Sum(),
        last_payment_error = c.Declined ? new { type = "card_error", code = "card_declined", message = "declined" } : null,
        latest_charge = new
        {
            id = $"ch_{c.Id}", @object = "charge",
            payment_method_details = new { type = "card", card = new { brand = "visa", last4 = "4242" } },
        },
        metadata = new { voltwright_hold = c.Reference },
    };

    private static object Error(string message, string? code) => new { error = new { type = "invalid_request_error", message, code } };

    private static Task WriteAsync(HttpContext context, int status, object answer)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(answer);
    }

    private Task ShowPageAsync(FakeRequest request, HttpContext context, Checkout checkout)
    {
        if (request.Method == "POST")
            Pay(checkout, declined: request.Body.Contains("declined", StringComparison.Ordinal));
        if (checkout.Status == "complete")
        {
            context.Response.Redirect(checkout.SuccessUrl);
            return Task.CompletedTask;
        }

        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync($"""
            <!DOCTYPE html><html lang="en"><title>Pay</title><link rel="icon" href="data:,"><h1>Pay {checkout.Amount} {checkout.Currency}</h1>
            <p>{(checkout.Declined ? "Your card was declined." : "")}</p>
            <form method="post"><button name="card" value="good">Pay</button><button name="card" value="declined">Pay with a bad card</button></form>
            <a href="{checkout.CancelUrl}">Back</a></html>
            """);
    }

    /// <summary>A Checkout Session with its Payment Intent.</summary>
    public sealed class Checkout(
        int number, string reference, Uri page, long amount, string currency, string successUrl, string cancelUrl)
    {
        public int Number => number;

        public string Id { get; } = $"cs_{number}";

        public string IntentId { get; } = $"pi_{number}";

        /// <summary>Ours: the hold.</summary>
        public string Reference => reference;

        public Uri Page => page;

        public long Amount => amount;

        public string Currency => currency;

        public string SuccessUrl => successUrl;

        public string CancelUrl => cancelUrl;

        public bool Declined { get; set; }

        public string Status { get; set; } = "open";

        public string IntentStatus { get; set; } = "requires_payment_method";

        /// <summary>The amounts taken; more than one would be a payment taken twice.</summary>
        public List<long> Captures { get; } = [];

        public List<long> Refunds { get; } = [];
    }
}
