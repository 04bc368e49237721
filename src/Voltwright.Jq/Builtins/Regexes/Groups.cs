namespace Voltwright.Jq.Builtins.Regexes;

/// <summary>Finds what stands inside the capturing groups of a pattern, for <c>\g&lt;name&gt;</c>, which runs a group again elsewhere.</summary>
internal static class Groups
{
    /// <summary>The inside of the group of that name or number, and which number it has; null when there is none.</summary>
    public static (string Inside, int Number)? Find(string pattern, string wanted)
    {
        var open = new Stack<(int Inside, int Number)>();
        var (count, target) = (0, -1);
        for (var at = 0; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '\\':
                    at++;
                    break;
                case '[':
                    at = EndOfClass(pattern, at);
                    break;
                case '(':
                    var (length, name, captures) = Opening(pattern.AsSpan(at));
                    count += captures ? 1 : 0;
                    if (captures && (name == wanted || $"{count}" == wanted))
                        target = count;
                    open.Push((at + length, captures ? count : 0));
                    at += length - 1;
                    break;
                case ')' when open.TryPop(out var closed) && closed.Number == target && target > 0:
                    return (pattern[closed.Inside..at], target);
            }
        }

        return null;
    }

    private static (int Length, string? Name, bool Captures) Opening(ReadOnlySpan<char> rest)
    {
        if (!rest.StartsWith("(?"))
            return (1, null, true);
        var length = NameLength(rest);
        return length < 0 ? (2, null, false) : (length + 4, rest.Slice(3, length).ToString(), true);
    }

    /// <summary>How long the name is in <c>(?&lt;name&gt;</c> or <c>(?'name'</c>; below 0 when this opens no named group.</summary>
    public static int NameLength(ReadOnlySpan<char> rest)
    {
        if (rest.StartsWith("(?'"))
            return rest[3..].IndexOf('\'');
        return rest.StartsWith("(?<") && !rest.StartsWith("(?<=") && !rest.StartsWith("(?<!") ? rest[3..].IndexOf('>') : -1;
    }

    private static int EndOfClass(string pattern, int at)
    {
        at += at + 1 < pattern.Length && pattern[at + 1] == '^' ? 2 : 1;
        for (var first = true; at < pattern.Length && (pattern[at] != ']' || first); first = false)
        {
            var posix = pattern.AsSpan(at).StartsWith("[:") ? pattern.IndexOf(":]", at, StringComparison.Ordinal) : -1;
            at = posix > 0 ? posix + 2 : at + (pattern[at] == '\\' ? 2 : 1);
        }

        return at;
    }
}
