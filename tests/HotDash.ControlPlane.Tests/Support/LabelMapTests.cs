using HotDash.ControlPlane.Support;

namespace HotDash.ControlPlane.Tests.Support;

public sealed class LabelMapTests
{
    private static readonly LabelMap Map = new([new("shipping", "delivery"), new("parcel", "delivery"), new("returns", "refund")]);

    [Theory]
    [InlineData("", "")]
    [InlineData("vip", "")]
    [InlineData("vip returns parcel shipping", "delivery refund")]
    public void Labels_say_categories(string labels, string categories) => Assert.Equal(Words(categories), Map.CategoriesOf(Words(labels)));

    [Theory]
    [InlineData("", "delivery", "shipping")] // of two labels, the one that was mapped first
    [InlineData("parcel", "delivery", "parcel")] // which is as good
    [InlineData("vip returns", "delivery", "vip shipping")] // what means nothing here stays
    [InlineData("shipping parcel returns", "refund", "returns")]
    [InlineData("shipping vip", "", "vip")]
    [InlineData("vip", "unheard-of", "vip")] // its label was unmapped meanwhile
    public void Categories_ask_for_labels(string given, string categories, string expected) => Assert.Equal(Words(expected), Map.LabelsFor(Words(given), Words(categories)));

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
