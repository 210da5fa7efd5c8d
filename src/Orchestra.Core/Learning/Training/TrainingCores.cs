namespace Orchestra.Core.Learning.Training;

/// <summary>How many cores trainings use: all of them, unless whoever trains beside other work asks for one. The result does not depend on it.</summary>
internal static class TrainingCores
{
    private static readonly AsyncLocal<bool> Single = new();

    /// <summary>Runs a training on the calling thread alone.</summary>
    public static T OnThisThread<T>(Func<T> training)
    {
        var before = Single.Value;
        Single.Value = true;
        try
        {
            return training();
        }
        finally
        {
            Single.Value = before;
        }
    }

    /// <summary>Runs a body for every number below <paramref name="count"/>; throws <see cref="OperationCanceledException"/> where it is stopped.</summary>
    public static void For(int count, Action<int> body, CancellationToken ct)
    {
        if (!Single.Value)
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = ct }, body);
            return;
        }

        for (var i = 0; i < count; i++)
        {
            ct.ThrowIfCancellationRequested();
            body(i);
        }
    }
}
