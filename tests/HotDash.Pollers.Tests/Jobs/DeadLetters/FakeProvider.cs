using System.Text;
using HotDash.Integrations;

namespace HotDash.Pollers.Tests.Jobs.DeadLetters;

/// <summary>An adapter whose effects are a list; a write is known again by its body.</summary>
internal sealed class FakeProvider : IReplayable
{
    public string Integration => "chatwoot";

    /// <summary>Every effect, in order.</summary>
    public List<string> Effects { get; } = [];

    public List<string> Looks { get; } = [];

    /// <summary>What happens to a call, before or after its effect.</summary>
    public Func<string, Exception?> BeforeEffect { get; set; } = _ => null;

    public Func<string, Exception?> AfterEffect { get; set; } = _ => null;

    public Func<Exception?> OnLook { get; set; } = () => null;

    /// <summary>What happens between the provider's answer to a look and its arrival.</summary>
    public Func<Task> AfterLook { get; set; } = () => Task.CompletedTask;

    public bool CanReplay(string operation) => operation == "send-note";

    public async Task<Existing?> FindExistingAsync(DeadLetterRequest request, CancellationToken ct)
    {
        Looks.Add(Text(request));
        if (OnLook() is { } failure)
            throw failure;

        var isThere = Effects.Contains(Text(request));
        await AfterLook();
        return isThere ? new Existing("1") : null;
    }

    public Task ReplayAsync(DeadLetterRequest request, CancellationToken ct)
    {
        var text = Text(request);
        if (BeforeEffect(text) is { } refused)
            return Task.FromException(refused);

        Effects.Add(text);
        return AfterEffect(text) is { } lost ? Task.FromException(lost) : Task.CompletedTask;
    }

    private static string Text(DeadLetterRequest request) => Encoding.UTF8.GetString(request.Body.Span);
}
