using Aspire.Hosting;

namespace HotDash.Hosting.Tests.ApplicationModel;

/// <summary>Our public surface is Aspire's, written down by hand in signatures.txt, and nothing else.</summary>
public sealed class SignatureTests
{
    [Fact]
    public async Task The_public_surface_is_exactly_the_list()
    {
        var listed = (await File.ReadAllLinesAsync(
                Path.Combine(AppContext.BaseDirectory, "ApplicationModel", "signatures.txt"), TestContext.Current.CancellationToken))
            .Where(line => line.Length > 0 && line[0] is not '#').ToHashSet(StringComparer.Ordinal);
        var ours = Surface.Of(typeof(DistributedApplication).Assembly).ToHashSet(StringComparer.Ordinal);

        Assert.Equal([], ours.Except(listed, StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Equal([], listed.Except(ours, StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }
}
