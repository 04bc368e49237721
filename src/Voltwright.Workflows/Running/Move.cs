namespace Voltwright.Workflows.Running;

/// <summary>What the machine does next.</summary>
internal enum Move
{
    /// <summary>Nothing more in this strand: it waits, or has ended.</summary>
    Idle,

    /// <summary>Enter the task at <c>List[Index]</c> with <c>Value</c> as raw input.</summary>
    Enter,

    /// <summary>The current task has produced its raw output <c>Value</c>.</summary>
    Finish,

    /// <summary>The current list of tasks has ended with <c>Value</c>.</summary>
    Return,

    /// <summary>The current task has raised <c>Error</c>.</summary>
    Fail,
}
