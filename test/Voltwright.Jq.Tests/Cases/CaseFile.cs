namespace Voltwright.Jq.Tests.Cases;

/// <summary>A program with its input and what it answers: outputs as JSON, <c>! message</c> for an error, <c>!! message</c> when it does not compile.</summary>
public sealed record JqCase(string File, int Line, string Heading, string Program, string Input, IReadOnlyList<string> Answers)
{
    public override string ToString() => $"{File}:{Line} {Program}";
}

/// <summary>Reads the case files: blocks of lines with blank lines between them; a block that starts with <c># </c> is a heading.</summary>
static class CaseFile
{
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Cases");

    public static IEnumerable<JqCase> All() => Directory.GetFiles(Folder, "*.jqt").Order(StringComparer.Ordinal).SelectMany(Read);

    public static IEnumerable<JqCase> Read(string path)
    {
        var heading = "";
        var block = new List<string>();
        var number = 0;
        foreach (var line in File.ReadLines(path).Append(""))
        {
            number++;
            if (line.Length > 0)
            {
                block.Add(line);
                continue;
            }

            if (block is [var only] && only.StartsWith("# ", StringComparison.Ordinal))
                heading = only[2..];
            else if (block is [var program, var input, .. var answers])
                yield return new(Path.GetFileName(path), number - block.Count, heading, program, input, answers);
            block = [];
        }
    }

    public static IEnumerable<string> Answers(JqCase given)
    {
        JqProgram program;
        try
        {
            program = JqProgram.Compile(given.Program);
        }
        catch (JqCompileException e)
        {
            return ["!! " + e.Message];
        }

        return program.Run(JsonValue.Parse(given.Input)).Select(o => o.IsValue ? o.Value.ToString() : "! " + o.Message);
    }
}
