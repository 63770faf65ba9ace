using HotDash.ControlPlane.Support;

namespace HotDash.ControlPlane.Tests.Support;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("Write to mira@example.com.", "Write to [e-mail].")]
    [InlineData("<Mira.O'Neil+shop@mail.example.co.uk>", "<[e-mail]>")]
    [InlineData("mailto:jürgen@bücher.example", "mailto:[e-mail]")]
    [InlineData("12345@example.com", "[e-mail]")]
    [InlineData("half @home, a@b, @mira", "half @home, a@b, @mira")]
    public void An_email_address_goes(string text, string expected) => Assert.Equal(expected, Redaction.Of(text));

    [Theory]
    [InlineData("4111111111111111", "[card]")]
    [InlineData("4111 1111 1111 1111", "[card]")]
    [InlineData("4111-1111-1111-1111.", "[card].")]
    [InlineData("my card 5555 5555 5555 4444 12/27 123", "my card [card] 12/27 123")]
    [InlineData("3782 822463 10005", "[card]")] // 15 digits
    [InlineData("4222222222222", "[card]")] // 13 digits
    [InlineData("6304 0000 0000 0000 000", "[card]")] // 19 digits
    [InlineData("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "[card]")]
    [InlineData("4111\u00a01111\u00a01111\u00a01111", "[card]")]
    [InlineData("4111111111111112", "4111111111111112")] // a wrong check digit
    [InlineData("order 9111111111111116", "order 9111111111111116")] // no card begins with 9
    [InlineData("order 5123456789011", "order 5123456789011")] // 13 digits of Shopify, with a check digit that is right by chance
    [InlineData("A4111111111111111", "A4111111111111111")]
    public void A_card_number_goes_if_its_check_digit_is_right(string text, string expected) => Assert.Equal(expected, Redaction.Of(text));

    [Theory]
    [InlineData("+49 30 1234567", "[phone]")]
    [InlineData("+49 (0)30 / 123 45-67", "[phone]")]
    [InlineData("+4915112345678, thanks", "[phone], thanks")]
    [InlineData("0049 151 12345678", "[phone]")]
    [InlineData("+1 (555) 123-4567", "[phone]")]
    [InlineData("(555) 123-4567", "[phone]")]
    [InlineData("555-123-4567", "[phone]")]
    [InlineData("555.123.4567", "[phone]")]
    [InlineData("1-800-555-0199", "[phone]")]
    [InlineData("030 1234567", "[phone]")]
    [InlineData("(030) 123 45 67", "[phone]")]
    [InlineData("07911 123456", "[phone]")]
    [InlineData("06 12 34 56 78", "[phone]")]
    [InlineData("06.12.34.56.78", "[phone]")]
    [InlineData("22 33 44 55", "[phone]")] // Norway
    [InlineData("612 345 678", "[phone]")] // Spain
    [InlineData("call me at 5551234567", "call me at [phone]")]
    [InlineData("Tel.: 5551234567", "Tel.: [phone]")]
    [InlineData("https://wa.me/4915112345679", "https://wa.me/[phone]")]
    [InlineData("030 1234567 4500012345", "[phone] 4500012345")]
    [InlineData("order #1001, 030 1234567", "order #1001, [phone]")]
    public void A_phone_number_goes_however_it_is_written(string text, string expected) => Assert.Equal(expected, Redaction.Of(text));

    [Theory]
    [InlineData("Order #1001 and #1002")]
    [InlineData("order number 4500012345")]
    [InlineData("order 555-123-4567")]
    [InlineData("Rechnung Nr. 0301234567")]
    [InlineData("gid://shopify/Order/5123456789012")]
    [InlineData("SKU AB-1234-567, 12 of them")]
    [InlineData("4500012345")]
    [InlineData("on 22.11.2026, 2026-11-22 or 1/2/26 10:15")]
    [InlineData("01.05.2026 14 Uhr")]
    [InlineData("1,299.00 or $1,299.00 or 612 345 678 €")]
    [InlineData("192.168.100.200")]
    [InlineData("tracking 00340434161094000000")]
    [InlineData("1Z999AA10123456784")]
    [InlineData("12345-6789")] // a ZIP
    [InlineData("+1 for that, 1+1=2")]
    public void What_is_no_phone_number_stays(string text) => Assert.Equal(text, Redaction.Of(text));

    [Fact]
    public void A_long_text_is_no_trouble()
    {
        string[] texts = [new('a', 100_000), new('1', 100_000), string.Concat(Enumerable.Repeat("1 ", 50_000)) + "x", string.Concat(Enumerable.Repeat("a@", 50_000))];

        Assert.All(texts, text => Assert.NotEmpty(Redaction.Of(text)));
    }
}
