using HotDash.Integrations.Publer;
using Microsoft.Extensions.Options;

namespace HotDash.ControlPlane.Social;

/// <summary>The times on which "exactly once" rests. A host with a window that proves nothing does not start.</summary>
public sealed class SocialTiming(PublerOptions publer) : IValidateOptions<SocialOptions>
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    /// <summary>From the moment an attempt is written down: no later than this its call has ended, on whichever machine it runs.</summary>
    public TimeSpan CallDeadline => publer.AttemptTimeout + Margin;

    /// <summary>An attempt that is older and still says "sending" was left behind by a worker that died.</summary>
    public TimeSpan AbandonedAfter => CallDeadline + Margin;

    public ValidateOptionsResult Validate(string? name, SocialOptions options) =>
        options.SettleWindow >= AbandonedAfter + options.CreationLag
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Social:SettleWindow ({options.SettleWindow}) must be at least {AbandonedAfter + options.CreationLag}: the time that a call may take ({AbandonedAfter}) plus Social:CreationLag ({options.CreationLag}).");
}
