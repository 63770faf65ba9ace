using System.Text;
using Dapper;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;

namespace HotDash.ControlPlane.DeadLetters;

/// <summary>A filter as SQL: the causes that fit, and the conditions on letters.</summary>
internal sealed class FilterSql(DeadLetterFilter filter)
{
    public bool HasCauses => (filter.Integration ?? filter.Operation ?? filter.Failure ?? filter.Text) is not null;

    /// <summary>The ids of the causes that fit.</summary>
    public string Causes => $"select id from dead_letter_causes where true{Conditions(
        (filter.Integration, "integration = @Integration"),
        (filter.Operation, "operation = @Operation"),
        (filter.Failure, "failure = @Failure"),
        (filter.Text, @"summary ilike @Text escape '\'"))}";

    /// <summary>Conditions on the letter besides its cause, to follow a <c>where</c> that has one already.</summary>
    public string Letters => Conditions((filter.State, "state = @State"), (filter.From, "kept_at >= @From"), (filter.To, "kept_at < @To"));

    public DynamicParameters Parameters()
    {
        var parameters = new DynamicParameters();
        parameters.Add("Integration", filter.Integration);
        parameters.Add("Operation", filter.Operation);
        parameters.Add("Failure", filter.Failure);
        parameters.Add("Text", filter.Text is { } text ? LikePattern.Containing(text) : null);
        parameters.Add("State", filter.State?.ToSnakeCase());
        parameters.Add("From", filter.From?.UtcDateTime);
        parameters.Add("To", filter.To?.UtcDateTime);

        return parameters;
    }

    private static string Conditions(params ReadOnlySpan<(object? Value, string Sql)> conditions)
    {
        var sql = new StringBuilder();
        foreach (var (value, condition) in conditions)
        {
            if (value is not null)
                sql.Append(" and ").Append(condition);
        }

        return sql.ToString();
    }
}
