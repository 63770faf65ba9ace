using System.Runtime.CompilerServices;
using Aspire.Hosting.Backchannel;
using HotDash.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace HotDash.Hosting.Tests.Backchannel;

public sealed class RpcSocketTests : IAsyncLifetime
{
    private readonly TimeLimit _limit = new();
    private readonly TestFolder _folder = TestFolder.Create();
    private readonly TaskCompletionSource _cancelled = new();
    private RpcSocket _server = null!;
    private int _produced;

    private CancellationToken Ct => _limit.Token;

    private string Path => _folder["test.sock"];

    public ValueTask InitializeAsync()
    {
        _server = new(Path, new Dictionary<string, RpcMethod>(StringComparer.Ordinal)
        {
            ["Echo"] = (args, _) => Task.FromResult<object?>(args),
            ["Fail"] = (_, _) => throw new InvalidOperationException("broken"),
            ["Count"] = (args, ct) => Task.FromResult<object?>(CountAsync(args[0].GetInt32(), ct)),
            ["Hang"] = async (_, ct) =>
            {
                using var registration = ct.Register(_cancelled.SetResult);
                await Task.Delay(Timeout.Infinite, ct);
                return null;
            },
        }, NullLogger.Instance);
        _server.Start();

        return default;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
        _limit.Dispose();
    }

    [Fact]
    public async Task Requests_are_answered_by_number()
    {
        using var client = new RpcClient(Path);

        var reply = await client.CallAsync("Echo", Ct, "a", 1);

        Assert.Equal("""{"jsonrpc":"2.0","id":1,"result":["a",1]}""", reply.ToJsonString());
    }

    [Theory]
    [InlineData("Missing", RpcException.MethodNotFound)]
    [InlineData("Fail", RpcException.InternalError)]
    public async Task A_failure_is_an_error_and_the_connection_lives_on(string method, int code)
    {
        using var client = new RpcClient(Path);

        var error = await client.CallAsync(method, Ct);
        var next = await client.CallAsync("Echo", Ct);

        Assert.Equal(code, (int)error["error"]!["code"]!);
        Assert.NotNull(next["result"]);
    }

    [Fact]
    public async Task Clients_do_not_wait_for_each_other_nor_for_a_slow_request()
    {
        using var first = new RpcClient(Path);
        using var second = new RpcClient(Path);

        await first.SendAsync(7, "Hang", Ct);
        var same = await first.CallAsync("Echo", Ct);
        var other = await second.CallAsync("Echo", Ct);

        Assert.NotNull(same["result"]);
        Assert.NotNull(other["result"]);
    }

    [Fact]
    public async Task A_request_can_be_cancelled()
    {
        using var client = new RpcClient(Path);

        await client.SendAsync(7, "Hang", Ct);
        await client.CallAsync("Echo", Ct);
        await client.SendAsync(null, "$/cancelRequest", Ct, new { id = 7 });
        var reply = await client.ReadAsync(Ct);

        Assert.Equal((7, RpcException.RequestCancelled), ((int)reply!["id"]!, (int)reply["error"]!["code"]!));
        await _cancelled.Task.WaitAsync(Ct);
    }

    [Fact]
    public async Task A_stream_is_fetched_in_parts_until_it_is_finished()
    {
        using var client = new RpcClient(Path);

        var token = (int)(await client.CallAsync("Count", Ct, 1000))["result"]!["token"]!;
        var values = new List<int>();
        bool finished;
        do
        {
            var part = (await client.CallAsync("$/enumerator/next", Ct, token))["result"]!;
            values.AddRange(part["values"]!.AsArray().Select(value => (int)value!));
            finished = (bool)part["finished"]!;
        }
        while (!finished);

        Assert.Equal(Enumerable.Range(0, 1000), values);
    }

    [Fact]
    public async Task An_aborted_stream_stops_its_source_and_is_unknown_from_then_on()
    {
        using var client = new RpcClient(Path);

        var token = (int)(await client.CallAsync("Count", Ct, int.MaxValue))["result"]!["token"]!;
        await client.CallAsync("$/enumerator/abort", Ct, token);
        var next = await client.CallAsync("$/enumerator/next", Ct, token);

        Assert.Equal(RpcException.InvalidParams, (int)next["error"]!["code"]!);
        await _cancelled.Task.WaitAsync(Ct);
    }

    [Fact]
    public async Task A_client_that_leaves_ends_what_it_had_asked_for()
    {
        using (var client = new RpcClient(Path))
        {
            await client.CallAsync("Count", Ct, int.MaxValue);
        }

        await _cancelled.Task.WaitAsync(Ct);
        Assert.True(_produced < 10_000, "The source ran far ahead of its reader.");
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("Content-Length: -1\r\n\r\n")]
    [InlineData("Content-Length: 99999999999\r\n\r\n")]
    [InlineData("Content-Length: 9999999\r\n\r\n")]
    public async Task A_client_that_speaks_something_else_is_left_alone(string nonsense)
    {
        using var stranger = new RpcClient(Path);
        using var client = new RpcClient(Path);

        await stranger.SendRawAsync(nonsense, Ct);

        Assert.Null(await stranger.ReadAsync(Ct));
        Assert.NotNull((await client.CallAsync("Echo", Ct))["result"]);
    }

    [Theory]
    [InlineData("{", RpcException.ParseError)]
    [InlineData("[]", RpcException.InvalidRequest)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":7}""", RpcException.InvalidRequest)]
    public async Task A_message_that_is_no_request_is_answered_with_what_is_wrong(string json, int code)
    {
        using var client = new RpcClient(Path);

        await client.SendRawAsync(RpcClient.Frame(json), Ct);
        var reply = await client.ReadAsync(Ct);

        Assert.Equal(code, (int)reply!["error"]!["code"]!);
    }

    [Fact]
    public async Task The_socket_is_for_this_user_alone_and_gone_after_the_end()
    {
        var mode = OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(Path);

        await _server.DisposeAsync();

        Assert.Equal(OperatingSystem.IsWindows() ? default : UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public async Task The_end_waits_for_no_client()
    {
        using var idle = new RpcClient(Path);
        using var waiting = new RpcClient(Path);
        await waiting.SendAsync(1, "Hang", Ct);
        await waiting.CallAsync("Echo", Ct);

        await _server.DisposeAsync();

        Assert.Null(await idle.ReadAsync(Ct));
    }

    private async IAsyncEnumerable<object> CountAsync(int count, [EnumeratorCancellation] CancellationToken ct)
    {
        try
        {
            for (var i = 0; i < count; i++)
            {
                _produced = i;
                ct.ThrowIfCancellationRequested();
                await Task.Yield();
                yield return i;
            }
        }
        finally
        {
            _cancelled.TrySetResult();
        }
    }
}
