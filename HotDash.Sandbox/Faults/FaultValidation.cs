using System.Buffers;
using System.Net.Http.Headers;

namespace HotDash.Sandbox.Faults;

/// <summary>What a rule must be like to be kept.</summary>
internal static class FaultValidation
{
    private static readonly SearchValues<char> Unprintable = SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (char)code), '\x7f']);

    public static Dictionary<string, string> Check(FaultRule rule, IEnumerable<string> providers)
    {
        var known = providers.Order(StringComparer.Ordinal).ToList();
        IEnumerable<(string Field, bool Wrong, string Rule)> checks =
        [
            ("id", rule.Id is not null, "The sandbox gives the id; leave it out."),
            ("provider", rule.Provider is not "*" && !known.Contains(rule.Provider, StringComparer.Ordinal), $"Must be {string.Join(", ", known)} or *."),
            ("kind", rule.Kind is null, $"Needed: {string.Join(", ", Enum.GetValues<FaultKind>().Select(FaultNames.Of))}."),
            ("route", rule.Route is { } route && !route.StartsWith('/') && !route.StartsWith('*'), "Must begin with a slash or a star."),
            ("method", rule.Method is { } method && !method.All(char.IsAsciiLetter), "Must be an HTTP method, such as POST."),
            ("status", rule is { Kind: FaultKind.Status, Status: null } or { Status: < 200 or > 599 }, "Must be 200 to 599; the kind status needs it."),
            ("delay", DelayIsWrong(rule), "Must be a time such as 500ms or 2s; the kinds latency and slow-body need it."),
            ("rate", rule.Rate is < 0 or > 1 or double.NaN, "Must be 0 to 1."),
            ("count", rule.Count is < 1, "Must be at least 1."),
            ("forSeconds", rule.ForSeconds is <= 0 or > 86_400 or double.NaN, "Must be more than 0 and at most a day."),
            ("headers", rule.Headers?.All(IsHeader) is false, "Names must be tokens, values printable; the sandbox sets lengths and encodings itself."),
        ];

        return checks.Where(check => check.Wrong).ToDictionary(check => check.Field, check => check.Rule, StringComparer.Ordinal);
    }

    private static bool DelayIsWrong(FaultRule rule) =>
        rule.Delay is null ? rule.Kind is FaultKind.Latency or FaultKind.SlowBody : Configured.ParseDuration(rule.Delay) is null;

    private static bool IsHeader(KeyValuePair<string, string> header)
    {
        using var probe = new HttpResponseMessage();

        return header.Key.ToUpperInvariant() is not ("CONTENT-LENGTH" or "TRANSFER-ENCODING" or "CONNECTION")
            && !header.Value.AsSpan().ContainsAny(Unprintable)
            && header.Value.All(char.IsAscii)
            && (probe.Headers.TryAddWithoutValidation(header.Key, header.Value)
                || MediaTypeHeaderValue.TryParse(header.Value, out _) && header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase));
    }
}
