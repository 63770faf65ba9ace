namespace HotDash.Sandbox.Tests;

/// <summary>The sandbox's time of day with real timers, so that an attempt's time-out needs no test to move the clock.</summary>
internal sealed class SandboxTime(TimeProvider clock) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();
}
