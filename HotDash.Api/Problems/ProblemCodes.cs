using Microsoft.AspNetCore.WebUtilities;

namespace HotDash.Api.Problems;

/// <summary>The codes that the api itself gives. Those of a provider call are in <see cref="Integrations.IntegrationCodes"/>.</summary>
internal static class ProblemCodes
{
    public const string InvalidRequest = "invalid_request";
    public const string MalformedJson = "malformed_json";
    public const string Unauthorized = "unauthorized";
    public const string MissingScope = "missing_scope";
    public const string NotFound = "not_found";
    public const string MethodNotAllowed = "method_not_allowed";
    public const string CursorSourceChanged = "cursor_source_changed";
    public const string IdempotencyInFlight = "idempotency_in_flight";
    public const string IdempotencyMismatch = "idempotency_key_reused";
    public const string WrongState = "wrong_state";
    public const string OwnAction = "own_action";
    public const string ActionChanged = "action_changed";
    public const string IdTaken = "id_taken";
    public const string NameTaken = "name_taken";
    public const string PreconditionFailed = "precondition_failed";
    public const string PreconditionRequired = "precondition_required";
    public const string BodyTooLarge = "body_too_large";
    public const string UnsupportedMediaType = "unsupported_media_type";
    public const string BadSignature = "bad_signature";
    public const string WebhookTooOld = "webhook_too_old";
    public const string TooManyStreams = "too_many_streams";
    public const string StoreUnavailable = "store_unavailable";
    public const string Internal = "internal_error";

    /// <summary>For answers that the framework gives without a body.</summary>
    public static string Of(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Unauthorized,
        StatusCodes.Status403Forbidden => MissingScope,
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed,
        StatusCodes.Status413PayloadTooLarge => BodyTooLarge,
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType,
        >= 500 => Internal,
        _ => InvalidRequest,
    };

    public static string DetailOf(int status) => status switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "This address does not take that method; the Allow header lists those it takes.",
        StatusCodes.Status413PayloadTooLarge => "The body is too large: at most 1 MB.",
        StatusCodes.Status415UnsupportedMediaType => "Send the body as Content-Type: application/json in UTF-8.",
        >= 500 => "Something went wrong here. The trace id finds it in the logs.",
        _ => "The request could not be read.",
    };

    public static string TitleOf(int status) => ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "Refused";
}
