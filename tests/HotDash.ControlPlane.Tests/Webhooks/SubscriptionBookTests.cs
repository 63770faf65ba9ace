using HotDash.ControlPlane.Webhooks.Subscriptions;
using HotDash.TestKit;
using Npgsql;

namespace HotDash.ControlPlane.Tests.Webhooks;

public sealed class SubscriptionBookTests(PostgresFixture postgres) : StoreTest(postgres)
{
    /// <summary>
    /// A provider that tells orders; last seen so many minutes ago, and so many minutes ago an order. What is missing of it, its silence,
    /// and when it was last read, give the minutes of the gap.
    /// </summary>
    [Fact]
    public async Task What_was_missed_begins_where_we_were_last_surely_told()
    {
        (string Why, int? Seen, int? Told, string[] Missing, int? Silent, int? Filled, int? Gap)[] cases =
        [
            ("nothing is wrong", 5, 30, [], null, null, null),
            ("nobody has looked before", null, 30, ["orders"], null, null, null),
            ("it was never told", 5, null, ["refunds"], null, null, null),
            ("dropped: since the last delivery", 5, 30, ["orders", "refunds"], null, null, 30),
            ("dropped without a delivery: since the provider began to give up", 5, null, ["orders"], null, null, 305),
            ("dropped, told long ago: the same", 5, 9000, ["orders"], null, null, 305),
            ("HotDash was away", 45, 44, [], null, null, 45),
            ("away, and dropped meanwhile", 45, 200, ["orders"], null, null, 200),
            ("silent: since the last delivery", 5, 600, [], 600, null, 600),
            ("silent, but read meanwhile", 5, 600, [], 600, 10, 10),
        ];
        var book = new SubscriptionBook(Store);

        var gaps = new List<(string, int?)>();
        foreach (var (why, seen, told, missing, silent, filled, _) in cases)
        {
            await PrepareAsync(why, seen, told, filled);
            await book.MissedAsync(why, missing, silent is { } minutes ? DateTimeOffset.UtcNow.AddMinutes(-minutes) : null, Ct);
            gaps.Add((why, Minutes(await book.MissedSinceAsync(why, Ct))));
        }

        Assert.Equal(cases.Select(known => (known.Why, known.Gap)), gaps);
    }

    [Fact]
    public async Task A_gap_stays_at_its_beginning_until_it_is_filled()
    {
        var book = new SubscriptionBook(Store);
        await PrepareAsync("shop", seen: 5, told: 60, filled: null);
        await book.MissedAsync("shop", ["orders"], null, Ct);
        await book.SeenAsync("shop", ["orders"], Ct);
        await book.MissedAsync("shop", ["orders"], DateTimeOffset.UtcNow, Ct);

        var before = Minutes(await book.MissedSinceAsync("shop", Ct));
        await book.FilledAsync("shop", Ct);

        Assert.Equal(60, before);
        Assert.Null(await book.MissedSinceAsync("shop", Ct));
    }

    /// <summary>By fives: the test itself takes its time.</summary>
    private static int? Minutes(DateTimeOffset? since) => since is { } known ? 5 * (int)Math.Round((DateTimeOffset.UtcNow - known).TotalMinutes / 5) : null;

    private async Task PrepareAsync(string source, int? seen, int? told, int? filled)
    {
        if (seen is not null)
        {
            await ExecuteAsync(
                "insert into webhook_subscriptions (source, topics, checked_at, filled_at) values ($1, '{orders}', hotdash_now() - make_interval(mins => $2), hotdash_now() - make_interval(mins => $3))",
                source, seen, filled);
        }

        if (told is not null)
        {
            await ExecuteAsync(
                """
                insert into webhook_events (id, source, delivery_id, topic, resource, lane, bytes, body, received_at, backfilled)
                select gen_random_uuid(), $1, read::text, 'orders', 'orders/1', 0, 0, '', hotdash_now() - make_interval(mins => case when read then 1 else $2 end), read
                from unnest(array[false, true]) read
                """,
                source, told);
        }
    }

    private async Task ExecuteAsync(string sql, params object?[] values)
    {
        await using var command = Store.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value is string text ? new NpgsqlParameter<string> { TypedValue = text } : new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer });
        await command.ExecuteNonQueryAsync(Ct);
    }
}
