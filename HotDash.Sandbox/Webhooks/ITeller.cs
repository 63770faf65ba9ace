using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Webhooks;

/// <summary>A provider that tells what happens by webhooks, signed as the real one signs them.</summary>
internal interface ITeller
{
    string Key { get; }

    /// <summary>Who subscribed for the topic.</summary>
    IReadOnlyList<Listener> Listeners(string topic);

    /// <summary>The body says its topic, where the provider has it there.</summary>
    JsonObject Named(string topic, JsonObject body);

    IReadOnlyList<(string Name, string Value)> Sign(Listener listener, string topic, string delivery, byte[] body);

    /// <summary>As a provider does of its own accord when an address has failed for long.</summary>
    void DropSubscriptions();
}

/// <summary>A class: a record would print the secret.</summary>
internal sealed class Listener(Uri address, string secret)
{
    public Uri Address => address;

    public string Secret => secret;
}
