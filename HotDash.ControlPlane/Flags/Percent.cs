using System.Globalization;
using System.Text.Json.Serialization;

namespace HotDash.ControlPlane.Flags;

/// <summary>A share of users, from 0 to 100 %, in steps of 0.001 %: comparisons are exact.</summary>
/// <param name="Thousandths">0 to 100,000.</param>
[JsonConverter(typeof(PercentConverter))]
public readonly record struct Percent(int Thousandths)
{
    public const string Rule = "must be a number from 0 to 100 with at most 3 decimals.";

    public static Percent None { get; } = new(0);

    public decimal Value => Thousandths / 1000m;

    /// <returns>False when it is less than 0, more than 100, or finer than 0.001.</returns>
    public static bool TryFrom(decimal value, out Percent percent)
    {
        var fits = value is >= 0 and <= 100 && decimal.IsInteger(value * 1000);
        percent = fits ? new((int)(value * 1000)) : default;
        return fits;
    }

    public Percent Max(Percent other) => Thousandths >= other.Thousandths ? this : other;

    public Percent Less(Percent other) => new(Math.Max(0, Thousandths - other.Thousandths));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value} %");
}
