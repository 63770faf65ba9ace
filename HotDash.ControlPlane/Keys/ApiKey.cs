namespace HotDash.ControlPlane.Keys;

/// <summary>A stored key, without its secret.</summary>
/// <param name="Cohort">The kind of users that its holder belongs to, if any: flags can be on for a cohort.</param>
public sealed record ApiKey(
    Guid Id,
    string Name,
    IReadOnlyList<string> Scopes,
    string? Cohort,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt);

/// <summary>A key just made. The token is shown this once; a class, so that it does not print itself.</summary>
public sealed class NewApiKey(Guid id, string token)
{
    public Guid Id => id;

    public string Token => token;
}

/// <summary>A key was asked for that cannot be: <see cref="Field"/> says what to change.</summary>
public sealed class InvalidApiKeyException(string @field, string message) : Exception(message)
{
    public string Field => @field;
}
