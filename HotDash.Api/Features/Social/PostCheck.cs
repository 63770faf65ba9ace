using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Social;
using HotDash.Integrations.Publer;

namespace HotDash.Api.Features.Social;

/// <summary>Turns a request into a post that can be accepted, or says all that is wrong with it.</summary>
internal sealed class PostCheck(AccountDirectory directory)
{
    public async Task<(NewPost? Post, ApiProblem? Problem)> CheckAsync(
        SchedulePost.Request request, Guid keyId, IdempotencyKey? key, CancellationToken ct)
    {
        var errors = new FieldErrors();
        var text = errors.Required("text", request.Text, PostContent.MaxText);
        var scheduledAt = errors.Time("scheduledAt", request.ScheduledAt);
        foreach (var problem in PostContent.AccountProblems(request.AccountIds))
            errors.Add("accountIds", problem);
        if (errors.Any)
            return (null, errors.ToProblem());

        var targets = await TargetsAsync([.. request.AccountIds!.OfType<string>()], errors, ct);
        return errors.Any ? (null, errors.ToProblem()) : (new(keyId, text!, scheduledAt, targets, key), null);
    }

    /// <summary>While Publer cannot be asked, an account that we do not know is let in: the job checks it before it sends.</summary>
    private async Task<List<NewTarget>> TargetsAsync(List<string> accountIds, FieldErrors errors, CancellationToken ct)
    {
        var accounts = await directory.FindAsync(accountIds, ct);
        var unknown = accountIds.Where(id => !accounts.ById.ContainsKey(id)).ToList();
        errors.Require(unknown is [] || !accounts.IsWhole, "accountIds", $"unknown: {string.Join(", ", unknown)}.");
        var textless = accountIds.Select(id => accounts.ById.GetValueOrDefault(id)).OfType<PublerAccount>().Where(account => !account.TakesText).ToList();
        errors.Require(textless is [], "accountIds",
            $"must leave out whose network takes no text without a picture, video or article: {string.Join(", ", textless.Select(account => $"{account.Id} ({account.Provider})"))}.");

        return [.. accountIds.Select(id => accounts.ById.TryGetValue(id, out var account)
            ? new NewTarget(id, account.Provider, account.Name)
            : new NewTarget(id, null, null))];
    }
}
