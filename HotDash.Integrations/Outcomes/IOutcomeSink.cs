namespace HotDash.Integrations;

/// <summary>Counts outcomes. Called on the path of every call.</summary>
public interface IOutcomeSink
{
    /// <summary>Never blocks and never throws.</summary>
    void Record(in Outcome outcome);
}

/// <summary>Stands in where nobody counts.</summary>
public sealed class NoOutcomes : IOutcomeSink
{
    public void Record(in Outcome outcome)
    {
    }
}
