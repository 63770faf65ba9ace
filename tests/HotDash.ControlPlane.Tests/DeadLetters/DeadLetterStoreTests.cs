using System.Text;
using HotDash.ControlPlane.DeadLetters;
using HotDash.Integrations;
using HotDash.TestKit;

namespace HotDash.ControlPlane.Tests.DeadLetters;

public sealed class DeadLetterStoreTests(PostgresFixture postgres) : DeadLetterTest(postgres)
{
    [Fact]
    public async Task A_letter_is_kept_with_all_that_is_known_and_its_request_opens_again()
    {
        var letter = Letter();

        var id = await Letters.KeepAsync(letter, Ct);

        var opened = (await Reads.FindAsync(id, Ct))!;
        var view = opened.Letter;
        Assert.Equal(("chatwoot", "send-note", "unavailable", LetterState.Pending), (view.Integration, view.Operation, view.Failure, view.State));
        Assert.Equal((3, letter.FirstAt, letter.LastAt), (view.Attempts, view.FirstAt, view.LastAt));
        Assert.Equal((letter.TraceId, "key-1", "Ada"), (view.TraceId, view.IdempotencyKey, view.Origin));
        Assert.Equal(("POST", letter.Request.Path, Secret), (opened.Request!.Method, opened.Request.Path, Encoding.UTF8.GetString(opened.Request.Body.Span)));
        Assert.Equal(Secret, opened.Request.Headers["authorization"]);
    }

    [Fact]
    public async Task A_write_whose_outcome_nobody_knows_is_unknown()
    {
        var id = await KeepAsync(unknown: true);

        Assert.Equal(LetterState.Unknown, await StateAsync(id));
    }

    [Fact]
    public async Task Nothing_of_a_request_can_be_read_in_the_store()
    {
        await KeepAsync();

        var rows = await ScalarAsync<string>("select string_agg(l::text || encode(request, 'escape'), '') from dead_letters l");

        Assert.Contains("4bf92f3577b34da6a3ce929d0e0e4736", rows, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, rows, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sealed_request_does_not_open_in_another_letter()
    {
        var (first, second) = (await KeepAsync(), await KeepAsync());

        await ScalarAsync<int>("update dead_letters set request = (select request from dead_letters where id = @first) where id = @second", new { first, second });

        Assert.NotNull((await Reads.FindAsync(first, Ct))!.Request);
        Assert.Null((await Reads.FindAsync(second, Ct))!.Request);
    }

    [Fact]
    public async Task A_letter_exists_exactly_if_its_transaction_was_committed()
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        Guid lost;
        await using (var transaction = await connection.BeginTransactionAsync(Ct))
            lost = await Letters.KeepAsync(transaction, NewLetter.Of(Letter()), Ct);

        Assert.Null(await Reads.FindAsync(lost, Ct));
        Assert.Empty(await Reads.GroupsAsync(new(), Ct));
    }

    [Fact]
    public async Task What_has_a_letter_already_gets_no_second_one_when_it_fails_again()
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);

        var first = await Letters.KeepAsync(transaction, Post("rejected", unknown: false), Ct);
        var again = await Letters.KeepAsync(transaction, Post("timeout", unknown: true), Ct);
        await transaction.CommitAsync(Ct);

        Assert.Equal(first, again);
        var view = (await Reads.FindAsync(first, Ct))!.Letter;
        Assert.Equal(("timeout", LetterState.Unknown), (view.Failure, view.State));
    }

    private static NewLetter Post(string code, bool unknown) => new()
    {
        Integration = "publer",
        Operation = "publish-post",
        Request = new DeadLetterRequest { Method = "POST", Path = "post" },
        Failure = new(code, $"It failed ({code}).", unknown),
        Subject = "social:1:a",
    };
}
