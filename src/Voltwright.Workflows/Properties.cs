using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Voltwright.Workflows.Tests")]
