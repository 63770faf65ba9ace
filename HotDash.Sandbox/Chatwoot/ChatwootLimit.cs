namespace HotDash.Sandbox.Chatwoot;

/// <summary>So many requests per window, in windows that begin with the clock's, as rack-attack counts.</summary>
internal sealed class ChatwootLimit(IConfiguration configuration, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly (int Requests, TimeSpan Window) _limit = configuration.Limit("chatwoot", "10/1s");
    private long _window;
    private int _used;

    public bool TryTake()
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow().Ticks / _limit.Window.Ticks;
            if (now != _window)
                (_window, _used) = (now, 0);

            return ++_used <= _limit.Requests;
        }
    }

    public void Reset()
    {
        lock (_gate)
            _used = 0;
    }
}
