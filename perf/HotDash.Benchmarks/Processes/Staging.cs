using HotDash.TestWorker;

namespace HotDash.Benchmarks.Processes;

/// <summary>What stages of several processes have in common.</summary>
internal static class Staging
{
    /// <summary>Whoever loses the store or the api says so, at length.</summary>
    public static (string Name, string Value) Quiet => ("Logging__LogLevel__Default", "None");

    public static (string Name, string Value)[] Store(string connectionString) =>
        [("ConnectionStrings__hotdash", connectionString), ("DATA_PROTECTION_KEY", WorkerProcess.DataProtectionKey)];

    /// <summary>The one setting that raises both the stand-in's limit and our own budget.</summary>
    public static IEnumerable<(string Name, string Value)> Unlimited(params string[] integrations) =>
        integrations.Select(integration => ($"Integrations__Limits__{integration}", "100000/1m"));

    /// <summary>What was half built is torn down.</summary>
    public static async Task<T> BuiltAsync<T>(this T stage, Func<T, Task> build) where T : IAsyncDisposable
    {
        try
        {
            await build(stage);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }
}
