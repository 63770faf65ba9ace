using HotDash.ControlPlane.Social;
using HotDash.Integrations.Publer;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Benchmarks.Chaos;

/// <summary>Posts on their way to Publer: accepted here, delivered by the pollers.</summary>
internal sealed class Posts(Stage stage) : IWrites
{
    private readonly PostIntake _intake = stage.Services.GetRequiredService<PostIntake>();
    private NewTarget _target = null!;

    public string Name => "posts";

    public async Task PrepareAsync(CancellationToken ct)
    {
        var account = (await stage.Services.GetRequiredService<PublerClient>().ListAccountsAsync(ct))[0];
        _target = new(account.Id, account.Provider, account.Name);
    }

    public async Task WriteAsync(string text, CancellationToken ct)
    {
        var accepted = await _intake.AcceptAsync(new(Guid.CreateVersion7(), text, null, [_target], null), ct);
        if (accepted.Result is not AcceptanceResult.Accepted)
            throw new InvalidOperationException($"A post was not accepted: {accepted.Result}.");
    }

    public Task<long> CountOpenAsync(CancellationToken ct) => stage.CountAsync("social_posts where finished_at is null", ct);

    public async Task<IEnumerable<string>> EffectsAsync(CancellationToken ct) =>
        (await stage.Sandbox.EffectsAsync("publer", "post.published", ct)).Select(details => details.GetProperty("text").GetString()!);
}
