using System.CommandLine;
using System.Globalization;
using Voltwright.Payments;
using Voltwright.Server.Payments;

namespace Voltwright.Cli.Commands;

/// <summary>The options of <c>serve</c> about drivers who pay on their phones.</summary>
internal static class PaymentOptions
{
    private const string KeyVariable = "VOLTWRIGHT_STRIPE_KEY";
    private const string SecretVariable = "VOLTWRIGHT_STRIPE_WEBHOOK_SECRET";

    private static readonly Option<string> KeyFile = new("--payments-stripe-key-file")
    {
        Description = $"Let drivers pay by Stripe, without a charging card: a file with the secret key. Default: {KeyVariable}; without either they cannot.",
    };

    private static readonly Option<string> SecretFile = new("--payments-stripe-webhook-secret-file")
    {
        Description = $"A file with the signing secret of the webhook SERVER/api/v2{StripeEvents.Path}. Default: {SecretVariable}; without either "
            + "Stripe is asked every minute.",
    };

    private static readonly Option<string> Api = new("--payments-stripe-api") { Description = "URL of Stripe's API, where it is not Stripe's own." };

    private static readonly Option<string> Amount = new("--payments-hold")
    {
        Description = "What is held for a charge, in minor units of its tariff's currency: the most that the charge can cost.",
        DefaultValueFactory = _ => HoldOptions.DefaultAmount.ToString(CultureInfo.InvariantCulture),
    };

    public static void AddTo(Command command)
    {
        foreach (var option in new Option[] { KeyFile, SecretFile, Api, Amount })
            command.Add(option);
    }

    public static StripeOptions? Read(ParseResult parsed)
    {
        var (key, secret) = (ReadSecret(parsed, KeyFile, KeyVariable), ReadSecret(parsed, SecretFile, SecretVariable));
        if (key is null)
        {
            return secret is null && parsed.GetValue(Api) is null ? null
                : throw new UsageException($"Payments by Stripe need its key: {KeyFile.Name} or {KeyVariable}.");
        }

        if (!long.TryParse(parsed.GetValue(Amount), NumberStyles.None, CultureInfo.InvariantCulture, out var hold) || hold is < 100 or > 100_000_00)
            throw new UsageException($"{Amount.Name} must be between 100 and 10000000 minor units, such as {HoldOptions.DefaultAmount} for 50.00 EUR.");
        return new StripeOptions(key, secret, ReadApi(parsed.GetValue(Api))) { Hold = hold };
    }

    private static Uri? ReadApi(string? text) => text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback)) ? url
        : throw new UsageException($"{Api.Name} is no https URL; http does on loopback only.");

    private static string? ReadSecret(ParseResult parsed, Option<string> option, string variable)
    {
        try
        {
            var secret = parsed.GetValue(option) is { } file ? File.ReadAllText(file).Trim() : Environment.GetEnvironmentVariable(variable);
            if (string.IsNullOrEmpty(secret))
                return parsed.GetValue(option) is null ? null : throw new UsageException($"{option.Name}: the file is empty.");
            return secret.Any(char.IsWhiteSpace) ? throw new UsageException($"{option.Name}, or {variable}: a secret has no blanks.") : secret;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{option.Name}: {e.Message}");
        }
    }
}
