using Dapper;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Approvals;

/// <summary>Which approvals; what is null does not matter.</summary>
public sealed record ApprovalFilter
{
    /// <summary>One of <see cref="Integrations.GuardedKinds"/>.</summary>
    public string? Kind { get; init; }

    public ApprovalState? State { get; init; }

    public string? Target { get; init; }

    /// <summary>A key's name, its id, or both.</summary>
    public string? Requester { get; init; }

    /// <summary>At least this risk.</summary>
    public int? Risk { get; init; }

    internal const string Sql =
        """
        (@Kind::text is null or kind = @Kind) and (@State::text is null or state = @State) and (@Target::text is null or target = @Target)
        and (@Requester::text is null or requester = @Requester or left(requester, -37) = @Requester or right(requester, 36) = @Requester)
        and (@Risk::int is null or risk >= @Risk)
        """;

    internal DynamicParameters Parameters(object more)
    {
        var parameters = new DynamicParameters(more);
        parameters.AddDynamicParams(new { Kind, State = State?.ToSnakeCase(), Target, Requester, Risk });
        return parameters;
    }
}
