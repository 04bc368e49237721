namespace Voltwright.Tidy;

/// <summary>Every rule holds for the tree, and each has a twin that proves it bites.</summary>
public sealed class RuleTests
{
    [Fact]
    public void FileSize_OfEveryFile_IsBounded() => Holds(Repository.Code, Rules.FileSize);

    [Fact]
    public void FileSize_OfAnEndlessFile_Bites() => Bites(Rules.FileSize, "src/Voltwright/A.cs", new string('\n', 401));

    [Fact]
    public void LineLength_OfEveryLine_IsBounded() => Holds(Repository.Code, Rules.LineLength);

    [Fact]
    public void LineLength_OfALongLine_Bites() => Bites(Rules.LineLength, "src/Voltwright/A.cs", new string('x', 161));

    [Fact]
    public void MethodSize_OfEveryMethod_IsBounded() => Holds(Repository.ProductCode, Rules.MethodSize);

    [Fact]
    public void MethodSize_OfALongMethod_Bites() =>
        Bites(Rules.MethodSize, "src/Voltwright/A.cs", $"class A {{ void M() {{ {new string('\n', 70)} }} }}");

    [Fact]
    public void Names_OfEveryType_SayAConcept() => Holds(Repository.Code, Rules.Names);

    [Fact]
    public void Names_OfAManager_Bite() => Bites(Rules.Names, "src/Voltwright/A.cs", "sealed class SlotManager;");

    [Fact]
    public void Folders_OfEveryFile_AreConcepts() => Holds(Repository.Code, Rules.Folders);

    [Fact]
    public void Folders_ByKind_Bite() => Bites(Rules.Folders, "src/Voltwright/Models/A.cs", "");

    [Fact]
    public void Namespace_OfEveryFile_MatchesItsFolder() => Holds(Repository.ProductCode, Rules.Namespace);

    [Fact]
    public void Namespace_OfAnotherFolder_Bites() =>
        Bites(Rules.Namespace, "src/Voltwright/Stations/A.cs", "namespace Voltwright.Sessions;");

    [Fact]
    public void SealedClasses_Everywhere_AreTheRule() => Holds(Repository.ProductCode, Rules.SealedClasses);

    [Fact]
    public void SealedClasses_LeftOpen_Bite() => Bites(Rules.SealedClasses, "src/Voltwright/A.cs", "public class A;");

    [Fact]
    public void Unfinished_Work_IsNowhere() =>
        Holds(Repository.Code.Where(f => f.Path != "test/Tidy/RuleTests.cs"), Rules.Unfinished);

    [Fact]
    public void Unfinished_Work_Bites() => Bites(Rules.Unfinished, "src/Voltwright/A.cs", "// TO" + "DO: later");

    [Fact]
    public void TestNames_OfEveryTest_TellSubjectSituationOutcome() => Holds(Repository.TestCode, Rules.TestNames);

    [Fact]
    public void TestNames_OfOneWord_Bite() => Bites(Rules.TestNames, "test/A.cs", "class A { [Fact] public void Works() { } }");

    [Fact]
    public void OnePublicType_OfSize_PerFile() => Holds(Repository.ProductCode, Rules.OnePublicType);

    [Fact]
    public void OnePublicType_AndASecond_Bites()
    {
        var large = new string('\n', 61);
        Bites(Rules.OnePublicType, "src/Voltwright/A.cs", $"namespace Voltwright; public class A {{ {large} }} public class B {{ {large} }}");
    }

    private static void Holds(IEnumerable<SourceFile> files, Func<SourceFile, IEnumerable<Violation>> rule) =>
        Assert.Empty(files.SelectMany(rule).Select(v => v.ToString()));

    private static void Bites(Func<SourceFile, IEnumerable<Violation>> rule, string path, string text) =>
        Assert.NotEmpty(rule(new SourceFile(path, text)));
}
