using System.Text.Json.Nodes;

namespace HotDash.Sandbox;

/// <summary>One outside service that the sandbox plays.</summary>
internal interface IProvider
{
    /// <summary>The integration's key, which is also the first part of its paths.</summary>
    string Key { get; }

    /// <summary>Adds the provider's own paths below <c>/{key}</c>.</summary>
    void Map(RouteGroupBuilder routes);

    /// <summary>Does what is due by now. Work that a provider does later is done when somebody looks, so that no test waits for a timer.</summary>
    void Settle()
    {
    }

    /// <summary>As it was when the sandbox started.</summary>
    void Reset();

    /// <summary>What can be changed while it runs.</summary>
    JsonObject GetSettings() => [];

    /// <returns>What is wrong, by field; nothing has changed then.</returns>
    IReadOnlyDictionary<string, string> ChangeSettings(JsonObject changes);
}
