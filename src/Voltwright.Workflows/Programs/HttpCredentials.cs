using Voltwright.Jq;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Programs;

/// <summary>Basic and bearer authentication, from the definition or from a secret.</summary>
/// <param name="Secret">Excludes the templates: the secret's members are the scheme's properties.</param>
/// <param name="Credential">The password or the token.</param>
internal sealed record HttpCredentials(string Scheme, string? Secret, ValueTemplate? User, ValueTemplate? Credential)
{
    /// <summary>False, with the machine's error set, when there is no such secret or something cannot be evaluated.</summary>
    public bool Resolve(RunMachine machine, JsonValue input, out HttpAuthorization? authorization)
    {
        authorization = null;
        JsonValue user = default, credential = default;
        if (Secret is not null)
        {
            if (!machine.TryGetSecret(Secret, out var secret))
            {
                machine.Raise(ErrorKind.Authorization, $"The secret '{Secret}' is not available to this workflow.");
                return false;
            }

            user = secret["username"];
            credential = Scheme == "Basic" ? secret["password"] : secret.IsString ? secret : secret["token"];
        }
        else if ((User is not null && !machine.Evaluate(User, input, out user)) || !machine.Evaluate(Credential, input, out credential))
        {
            return false;
        }

        if (UriText.Scalar(credential) is not { Length: > 0 } text || (Scheme == "Basic" && UriText.Scalar(user) is null))
        {
            machine.Raise(ErrorKind.Authentication, $"There is nothing to authenticate with by {Scheme}.");
            return false;
        }

        authorization = new HttpAuthorization(Scheme, Scheme == "Basic" ? UriText.Scalar(user) : null, text);
        return true;
    }
}
