using System.Security.Cryptography;
using System.Text;
using HotDash.ControlPlane.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace HotDash.ControlPlane.Tests.Webhooks;

public sealed class StandardWebhooksTests
{
    private const string Shared = "whsec_Y2FuYXJ5LXN0YW5kYXJkLXNlY3JldA==";
    private const string Public = "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    private const string OtherPublic = "whpk_PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=";

    /// <summary>Made by Node.js's crypto with the private half of <see cref="Public"/>.</summary>
    private const string Signature = "v1a,IL1HM14KlOntPaLct9o3y7gDMXT6jujpZEwgh40w1EU9/ihrtNbfQWqsZr87RS6yFGcT/D5MIJC5xxgPB2/GBQ==";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"type":"invoice.paid","data":{"id":"in_1"}}""");
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string Mac = $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Shared[6..]), (byte[])[.. "msg_1.1767268800."u8, .. Body]))}";

    [Fact]
    public void Either_kind_of_signature_counts_for_those_whose_secret_or_key_is_known_also_in_a_rotation_from_one_to_the_other()
    {
        Assert.Equal(SignatureVerdict.Valid, Check(Public, null, Signature));
        Assert.Equal(SignatureVerdict.Valid, Check(OtherPublic, Public, Signature));
        Assert.Equal(SignatureVerdict.Valid, Check(Public, Shared, Signature));
        Assert.Equal(SignatureVerdict.Valid, Check(Public, Shared, Mac));
        Assert.Equal(SignatureVerdict.Valid, Check(Shared, Public, $"v1,AAAA v1a,AAAA {Signature}"));
        Assert.Equal(SignatureVerdict.Valid, Check(Public, null, $"{Mac} {Signature}"));
        Assert.Equal(SignatureVerdict.Valid, Check(Shared, null, $"{Mac} {Signature}"));
        Assert.Equal(SignatureVerdict.Valid, Check(Shared, null, $"{Signature} {Mac}"));
    }

    [Fact]
    public void A_signature_of_one_kind_is_none_of_the_other_and_none_of_other_words_or_times()
    {
        var hour = TimeSpan.FromHours(1);

        Assert.Equal(SignatureVerdict.Wrong, Check(Shared, null, Signature));
        Assert.Equal(SignatureVerdict.Wrong, Check(Public, null, Mac));
        Assert.Equal(SignatureVerdict.Wrong, Check(OtherPublic, Shared, Signature));
        Assert.Equal(SignatureVerdict.Wrong, Check(Public, Shared, $"v1,{Signature[4..]} v1a,{Mac[3..]} v1a {Signature[4..]}"));
        Assert.Equal(SignatureVerdict.Wrong, Check(Public, null, Signature, id: "msg_2"));
        Assert.Equal(SignatureVerdict.Wrong, Check(Public, null, Signature, time: "1767268801"));
        Assert.Equal(SignatureVerdict.Wrong, Check(Public, null, string.Join(' ', [.. Enumerable.Repeat("v1a,", 8), Signature])));
        Assert.Equal(SignatureVerdict.Wrong, Check(Shared, null, string.Concat(Mac.AsSpan(0, 20), Mac[20] is 'A' ? "B" : "A", Mac.AsSpan(21))));
        Assert.Equal(SignatureVerdict.Wrong, Check(Shared, null, new StringValues([Mac, Mac])));
        Assert.All([Noon + hour, Noon - hour], now => Assert.Equal(SignatureVerdict.TooOld, Check(Public, null, Signature, now: now)));
    }

    [Theory]
    [InlineData("v1a,")]
    [InlineData("v1a,,")]
    [InlineData("v1a,AAAA")]
    [InlineData("v1a,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("v1a,////////////////////////////////////////////////////////////////////////////////////////")]
    [InlineData("v1a,                                                                                        ")]
    [InlineData("v1a,!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    public void Whatever_is_called_a_signature_is_only_wrong(string signature)
    {
        Assert.Equal(SignatureVerdict.Wrong, Check(Public, null, signature));
    }

    private static SignatureVerdict Check(string secret, string? previous, StringValues signature, string id = "msg_1", string time = "1767268800", DateTimeOffset? now = null)
    {
        var headers = new HeaderDictionary { ["webhook-id"] = id, ["webhook-timestamp"] = time, ["webhook-signature"] = signature };
        var source = new StandardSender { Secret = secret, PreviousSecret = previous }.Source("acme");

        return source.Check(headers, Body, now ?? Noon, TimeSpan.FromMinutes(5));
    }
}
