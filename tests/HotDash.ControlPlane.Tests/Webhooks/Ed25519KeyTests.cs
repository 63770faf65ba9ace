using HotDash.ControlPlane.Webhooks;

namespace HotDash.ControlPlane.Tests.Webhooks;

/// <summary>With the vectors of https://www.rfc-editor.org/rfc/rfc8032#section-7.1</summary>
public sealed class Ed25519KeyTests
{
    public static readonly TheoryData<string, string, string> Vectors = new()
    {
        {
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        },
        {
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        },
        {
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        },
        {
            "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
        },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_signature_is_of_its_key_and_content_and_of_no_other_by_a_single_bit(string publicKey, string message, string made)
    {
        var (key, content, signature) = (Convert.FromHexString(publicKey), Convert.FromHexString(message), Convert.FromHexString(made));

        Assert.All(Enumerable.Range(0, content.Length + 1), length => Assert.True(Signed(key, signature, content, length)));
        Assert.All(OneBitOff(key), other => Assert.False(Signed(other, signature, content)));
        Assert.All(OneBitOff(signature), other => Assert.False(Signed(key, other, content)));
        Assert.All(OneBitOff(content), other => Assert.False(Signed(key, signature, other)));
        Assert.False(Signed(key, signature, [.. content, 0]));
        Assert.All(Enumerable.Range(0, 200).Where(length => length != signature.Length), length =>
            Assert.False(Signed(key, [.. signature.Take(length), .. new byte[Math.Max(0, length - signature.Length)]], content)));
    }

    [Fact]
    public void A_key_of_another_length_is_none()
    {
        Assert.All(Enumerable.Range(0, 100).Where(length => length is not Ed25519Key.Length), length => Assert.Throws<ArgumentException>(() => new Ed25519Key(new byte[length])));
    }

    /// <param name="length">Of the prefix; the rest is the body.</param>
    private static bool Signed(byte[] key, byte[] signature, byte[] content, int length = 0)
    {
        using var made = new Ed25519Key(key);
        return made.Signed(signature, content.AsSpan(0, length), content.AsSpan(length));
    }

    private static IEnumerable<byte[]> OneBitOff(byte[] bytes) => Enumerable.Range(0, bytes.Length * 8).Select(bit =>
    {
        byte[] other = [.. bytes];
        other[bit / 8] ^= (byte)(1 << (bit % 8));
        return other;
    });
}
