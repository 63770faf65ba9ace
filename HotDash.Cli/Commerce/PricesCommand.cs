using System.CommandLine;
using System.Globalization;

namespace HotDash.Cli.Commerce;

internal static class PricesCommand
{
    public static Command Create(CliContext context)
    {
        var product = new Option<string>("--product") { Description = "Shopify's id of the product; its number is enough.", Required = true };
        var variant = new Option<string[]>("--variant")
        {
            Description = "id of the variant=price, or =price/former price (0: none), such as 1234=19.90/24.90. May be given several times.",
            Required = true,
        };
        var partial = new Option<bool>("--partial") { Description = "The others go ahead when Shopify refuses one; else it is all or none." };
        var json = CommonOptions.Json();
        var command = new Command("prices", "Asks for other prices of a product's variants; two people must approve it.") { product, variant, partial, json };

        command.SetAction((parsed, ct) => CommerceCommands.AskAsync(
            context, "prices",
            new
            {
                productId = CommerceCommands.Gid("Product", parsed.GetValue(product)!),
                allowPartial = parsed.GetValue(partial),
                items = parsed.GetValue(variant)!.Select(Item),
            },
            parsed.GetValue(json), ct));

        return command;
    }

    private static object Item(string text)
    {
        var (id, prices) = CommerceCommands.Pair("--variant", text);
        var parts = prices.Split('/');
        return new { variantId = CommerceCommands.Gid("ProductVariant", id), price = Amount(parts[0]), compareAtPrice = parts.Length > 1 ? Amount(parts[1]) : (decimal?)null };
    }

    private static decimal Amount(string text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
        ? amount
        : throw new CliException(ExitCodes.Refused, $"--variant: '{text}' is no price, such as 19.90.");
}
