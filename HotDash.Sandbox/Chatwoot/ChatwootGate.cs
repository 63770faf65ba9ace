using System.Globalization;

using HotDash.Sandbox.Ledger;

namespace HotDash.Sandbox.Chatwoot;

/// <summary>Who may come in: the token in Chatwoot's own header, within the limit of the address, into the one account.</summary>
internal sealed class ChatwootGate(IConfiguration configuration, ChatwootSettings settings, ChatwootLimit limit)
{
    private static readonly object NotSignedIn = new { errors = new[] { "You need to sign in or sign up before continuing." } };

    private readonly string _token = configuration.Needed("SANDBOX_CHATWOOT_API_KEY");

    public int AccountId { get; } = configuration.GetValue("SANDBOX_CHATWOOT_ACCOUNT_ID", 1);

    public async ValueTask<object?> CheckTokenAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (!limit.TryTake())
            return Throttle(context);

        var given = settings.DropsUnderscores ? "" : context.Request.Headers["api_access_token"].ToString();
        if (given.Length is 0)
            return ChatwootReply.Refuse(context, 401, NotSignedIn, "no api_access_token");

        return given == _token
            ? await next(invocation)
            : ChatwootReply.Refuse(context, 401, "Invalid Access Token");
    }

    public async ValueTask<object?> CheckAccountAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next) =>
        invocation.HttpContext.Request.RouteValues["account"] is string account
        && account == AccountId.ToString(CultureInfo.InvariantCulture)
            ? await next(invocation)
            : ChatwootReply.Refuse(invocation.HttpContext, 401, "You are not authorized to access this account");

    public void Reset() => limit.Reset();

    /// <summary>What stands in front of Chatwoot answers: text, and no word of when to come back.</summary>
    private static IResult Throttle(HttpContext context)
    {
        ViolationMiddleware.Explain(context, "Retry later");
        return Results.Text("Retry later\n", "text/plain", statusCode: StatusCodes.Status429TooManyRequests);
    }
}
