using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HotDash.Sandbox;

/// <summary>Ids and dice that come out the same in every run with the same <c>Sandbox:Seed</c>.</summary>
internal sealed class Ids(IConfiguration configuration)
{
    private readonly int _seed = configuration.GetValue("Sandbox:Seed", 1);

    /// <returns>24 hex digits for the n-th thing of a kind.</returns>
    public string Hex(string kind, int number) => Convert.ToHexStringLower(Hash(kind, number).AsSpan(0, 12));

    /// <returns>A number from 0 to below 1 for the n-th throw of a kind.</returns>
    public double Dice(string kind, int number) => BitConverter.ToUInt32(Hash(kind, number)) / (uint.MaxValue + 1.0);

    private byte[] Hash(string kind, int number) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_seed}:{kind}:{number}")));
}
