using System.Text.Json;

namespace Voltwright.Gateway;

/// <summary>How enumerations of protocols are spelled in events and the API: <c>DownloadFailed</c> is <c>download-failed</c>.</summary>
public static class Words
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
