namespace HotDash.Sandbox.Chatwoot;

/// <summary>So many requests per window, in windows that begin with the clock's, as rack-attack counts.</summary>
internal sealed class ChatwootLimit(IConfiguration configuration, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly (int Requests, TimeSpan Window) limit = configuration.Limit("chatwoot", "10/1s");
    private long window;
    private int used;

    public bool TryTake()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow().Ticks / limit.Window.Ticks;
            if (now != window)
                (window, used) = (now, 0);

            return ++used <= limit.Requests;
        }
    }

    public void Reset()
    {
        lock (gate)
            used = 0;
    }
}
