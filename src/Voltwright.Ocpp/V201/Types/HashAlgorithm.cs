namespace Voltwright.Ocpp.V201.Types;

/// <summary>How hashes of a certificate were made.</summary>
public enum HashAlgorithm
{
    SHA256,
    SHA384,
    SHA512,
}
