using System.Globalization;

namespace HotDash.Benchmarks;

/// <summary>Prints figures as they come; remembers whether a goal was missed.</summary>
internal sealed class Report(TextWriter output)
{
    public bool GoalMissed { get; private set; }

    /// <summary>A figure without a goal.</summary>
    public void Figure(string what, double value, string unit) => Print(what, value, unit, "");

    public void AtMost(string what, double value, string unit, double goal) => Judge(what, value, unit, "≤", goal, value <= goal);

    public void AtLeast(string what, double value, string unit, double goal) => Judge(what, value, unit, "≥", goal, value >= goal);

    public void Note(string text) => output.WriteLine($"  {text}");

    private void Print(string what, double value, string unit, string verdict) => output.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"  {what,-52} {value,12:#,0.###} {unit,-6} {verdict}").TrimEnd());

    private void Judge(string what, double value, string unit, string relation, double goal, bool reached)
    {
        GoalMissed |= !reached;
        Print(what, value, unit, string.Create(CultureInfo.InvariantCulture, $"goal {relation} {goal:0.###}  {(reached ? "reached" : "MISSED")}"));
    }
}
