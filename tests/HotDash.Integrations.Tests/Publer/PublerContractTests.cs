namespace HotDash.Integrations.Tests.Publer;

public sealed class PublerContractTests : ProviderContract
{
    private protected override string Key => "publer";

    private protected override string Credential => Wired.PublerKey;

    private protected override Task ReadAsync(Wired wired, CancellationToken ct) => wired.Publer.ListAccountsAsync(ct);

    private protected override Task WriteAsync(Wired wired, CancellationToken ct) =>
        wired.Publer.SubmitAsync([new("Hello", [new("account-1", "twitter", "Shop")], null)], ct);
}
