using Voltwright.Jq;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Programs;

/// <summary>A compiled authentication, its properties from the definition or from a secret.</summary>
/// <param name="Secret">Excludes the templates: the secret's members are the scheme's properties.</param>
/// <param name="Properties">The scheme's own mapping, or the bare token of a bearer.</param>
/// <param name="Authority">When it is a template with names in it.</param>
internal sealed record HttpCredentials(string Scheme, string? Secret, ValueTemplate? Properties, UriTemplate? Authority)
{
    private bool HasUser => Scheme is "Basic" or "Digest";

    /// <summary>False, with the machine's error set, when there is no such secret or something cannot be evaluated.</summary>
    public bool Resolve(RunMachine machine, JsonValue input, out HttpAuthorization? authorization)
    {
        authorization = null;
        JsonValue properties;
        if (Secret is not null)
        {
            if (!machine.TryGetSecret(Secret, out properties))
            {
                machine.Raise(ErrorKind.Authorization, $"The secret '{Secret}' is not available to this workflow.");
                return false;
            }
        }
        else if (!machine.Evaluate(Properties, input, out properties))
        {
            return false;
        }

        return Scheme is HttpAuthorization.OAuth2 or HttpAuthorization.OpenIdConnect
            ? Grant(machine, input, properties, out authorization) : Plain(machine, properties, out authorization);
    }

    private bool Plain(RunMachine machine, JsonValue properties, out HttpAuthorization? authorization)
    {
        authorization = null;
        var credential = HasUser ? properties["password"] : properties.IsString ? properties : properties["token"];
        if (UriText.Scalar(credential) is not { Length: > 0 } text || (HasUser && UriText.Scalar(properties["username"]) is null))
        {
            machine.Raise(ErrorKind.Authentication, $"There is nothing to authenticate with by {Scheme}.");
            return false;
        }

        authorization = new HttpAuthorization(Scheme, HasUser ? UriText.Scalar(properties["username"]) : null, text);
        return true;
    }

    private bool Grant(RunMachine machine, JsonValue input, JsonValue properties, out HttpAuthorization? authorization)
    {
        authorization = null;
        if (!properties.TryGetObject(out var grant) || !grant["authority"].IsString || !grant["grant"].IsString)
        {
            machine.Raise(ErrorKind.Authentication, $"{Scheme} needs an 'authority' and a 'grant', each a text.");
            return false;
        }

        if (Authority is not null)
        {
            if (!machine.Succeeded(Authority.Expand(input), out var authority))
                return false;
            grant = grant.With("authority", authority);
        }

        authorization = new HttpAuthorization(Scheme, null, "", grant);
        return true;
    }
}
