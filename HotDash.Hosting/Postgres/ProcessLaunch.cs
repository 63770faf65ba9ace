namespace Aspire.Hosting.Postgres;

internal sealed record ProcessLaunch(
    string Command, IReadOnlyList<string> Arguments, string WorkingDirectory, IReadOnlyDictionary<string, string> Environment);
