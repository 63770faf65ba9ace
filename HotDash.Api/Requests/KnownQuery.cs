namespace HotDash.Api.Requests;

/// <summary>Refuses a misspelt or repeated query parameter: an ignored filter would be a wrong answer.</summary>
internal static class KnownQuery
{
    public static RouteHandlerBuilder WithKnownQuery(this RouteHandlerBuilder builder, params string[] known) =>
        builder.AddEndpointFilter((context, next) =>
        {
            var errors = new FieldErrors();
            foreach (var (name, values) in context.HttpContext.Request.Query)
            {
                errors.Require(known.Contains(name), name, $"is not a known parameter; known are {string.Join(", ", known)}.");
                errors.Require(values.Count == 1, name, "must be given once.");
            }

            return errors.Any ? ValueTask.FromResult<object?>(errors.ToProblem()) : next(context);
        });
}
