using System.CommandLine;

namespace HotDash.Cli.Keys;

/// <summary><c>hotdash keys</c>.</summary>
internal static class KeyCommands
{
    private const string Path = "/api/keys";

    public static Command Create(CliContext context) => new("keys", "Who may ask HotDash, and for what: a key for each person and program.")
    {
        List(context), Make(context), Revoke(context),
    };

    private static Command List(CliContext context) => PageCommand.CreateWhole(context, "Lists all keys, without their tokens.", Path, "keys",
        ("key", row => row.Text("id")),
        ("name", row => row.Text("name")),
        ("scopes", row => row.Texts("scopes")),
        ("cohort", row => row.Text("cohort")),
        ("made", row => row.Time("createdAt")),
        ("last used", row => row.Time("lastUsedAt")),
        ("expires", row => row.Time("expiresAt")),
        ("revoked", row => row.Time("revokedAt")));

    private static Command Make(CliContext context)
    {
        var name = new Argument<string>("name") { Description = "Whose it is; what is done with it is written down with this name." };
        var scopes = new Option<string[]>("--scope") { Description = "read, operate, approve, ingest or admin; none implies another. May be given several times.", Required = true };
        var cohort = new Option<string>("--cohort") { Description = "internal, beta or premium: flags can be on for it." };
        var expires = new Option<string>("--expires") { Description = "Ends by itself then, such as 2026-12-01T00:00:00Z." };
        var json = CommonOptions.Json();
        var command = new Command("create", "Makes a key, and prints its token this once.") { name, scopes, cohort, expires, json };

        command.SetAction(async (parsed, ct) =>
        {
            var key = await context.Api.PostAsync(
                Path, new { name = parsed.GetValue(name), scopes = parsed.GetValue(scopes), expiresAt = parsed.GetValue(expires), cohort = parsed.GetValue(cohort) }, ct);
            if (parsed.GetValue(json))
            {
                context.Json(key);
                return ExitCodes.Done;
            }

            // Apart from the token, so that a shell can take that alone: HOTDASH_KEY=$(hotdash keys create …).
            await context.Error.WriteLineAsync($"{parsed.GetValue(name)} has the key {key.Text("id")}. Nobody can show its token again:");
            context.Line(key.Text("token"));
            return ExitCodes.Done;
        });

        return command;
    }

    private static Command Revoke(CliContext context)
    {
        var id = new Argument<Guid>("key") { Description = "Its id." };
        var command = new Command("revoke", "Ends a key, within a minute and for good.") { id };
        command.SetAction(async (parsed, ct) =>
        {
            await context.Api.PostAsync($"{Path}/{parsed.GetValue(id)}/revoke", body: null, ct);
            context.Line($"{parsed.GetValue(id)} is revoked.");
            return ExitCodes.Done;
        });

        return command;
    }
}
