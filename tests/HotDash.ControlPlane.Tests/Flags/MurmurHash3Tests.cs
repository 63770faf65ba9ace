using System.Text;
using HotDash.ControlPlane.Flags;

namespace HotDash.ControlPlane.Tests.Flags;

public sealed class MurmurHash3Tests
{
    // https://stackoverflow.com/a/31929528 and the reference implementation
    [Theory]
    [InlineData("", 0u, 0u)]
    [InlineData("", 1u, 0x514E28B7u)]
    [InlineData("", 0xFFFFFFFFu, 0x81F16F39u)]
    [InlineData("\0\0\0\0", 0u, 0x2362F9DEu)]
    [InlineData("\0", 0u, 0x514E28B7u)]
    [InlineData("a", 0x9747B28Cu, 0x7FA09EA6u)]
    [InlineData("ab", 0x9747B28Cu, 0x74875592u)]
    [InlineData("abc", 0x9747B28Cu, 0xC84A62DDu)]
    [InlineData("abcd", 0x9747B28Cu, 0xF0478627u)]
    [InlineData("Hello, world!", 0x9747B28Cu, 0x24884CBAu)]
    [InlineData("ππππππππ", 0x9747B28Cu, 0xD58063C1u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x9747B28Cu, 0x2FA826CDu)]
    public void It_agrees_with_the_published_vectors(string text, uint seed, uint expected)
    {
        var hash = MurmurHash3.Hash(Encoding.UTF8.GetBytes(text), seed);

        Assert.Equal(expected, hash);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF }, 0x76293B50u)]
    [InlineData(new byte[] { 0x21, 0x43, 0x65, 0x87 }, 0xF55B516Bu)]
    [InlineData(new byte[] { 0x21, 0x43, 0x65 }, 0x7E4A8634u)]
    [InlineData(new byte[] { 0x21, 0x43 }, 0xA0F7B07Au)]
    [InlineData(new byte[] { 0x21 }, 0x72661CF4u)]
    public void Also_for_bytes_that_are_no_text(byte[] bytes, uint expected)
    {
        var hash = MurmurHash3.Hash(bytes);

        Assert.Equal(expected, hash);
    }
}
