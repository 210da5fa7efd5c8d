namespace Orchestra.Grains;

/// <summary>Where grains keep their state.</summary>
public static class GrainStorage
{
    /// <summary>The name of the storage provider, which a silo registers.</summary>
    public const string Name = "orchestra";
}
