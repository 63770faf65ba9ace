using HotDash.ControlPlane.Approvals;

namespace HotDash.ControlPlane.Tests.Approvals;

public sealed class ActionHashTests
{
    [Fact]
    public void A_byte_more_or_less_anywhere_is_another_hash()
    {
        string[] hashes =
        [
            ActionHash.Of("ab", "c", "d", "e", "f"u8), ActionHash.Of("a", "bc", "d", "e", "f"u8), ActionHash.Of("ab", "c", "de", "", "f"u8),
            ActionHash.Of("ab", "c", "d", "", "ef"u8), ActionHash.Of("ab", "c", "d", null, "ef"u8), ActionHash.Of("ab", "c", "d", "e", "F"u8),
            ActionHash.Of("ab", "c", "d", "ef", ""u8), ActionHash.Of("ab", "", "cd", "e", "f"u8),
        ];

        Assert.Equal(hashes.Length, hashes.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void It_is_as_the_documentation_says()
    {
        byte[] parts =
        [
            0, 0, 0, 0, 0, 0, 0, 1, (byte)'k', 0, 0, 0, 0, 0, 0, 0, 1, (byte)'a', 0, 0, 0, 0, 0, 0, 0, 1, (byte)'t', 255, 255, 255, 255, 255, 255, 255, 255,
            0, 0, 0, 0, 0, 0, 0, 2, (byte)'h', (byte)'i',
        ];

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(parts)), ActionHash.Of("k", "a", "t", null, "hi"u8));
    }
}
