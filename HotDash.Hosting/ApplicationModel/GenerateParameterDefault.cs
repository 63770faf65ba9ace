using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A random value, such as a password.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    /// <summary>At least this many characters, but never fewer than 128 bits' worth.</summary>
    public int MinLength { get; set; }

    /// <summary>Besides letters and digits adds characters that need no escaping in connection strings.</summary>
    public bool Special { get; set; } = true;

    public override string GetDefaultValue()
    {
        var alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" + (Special ? "-_.~()*+!" : "");
        var enough = (int)Math.Ceiling(128 / Math.Log2(alphabet.Length));

        return RandomNumberGenerator.GetString(alphabet, Math.Max(MinLength, enough));
    }
}
