using Aspire.Hosting.Tools;
using HotDash.TestKit;

namespace HotDash.Hosting.Tests.Tools;

public sealed class FileLockTests
{
    [Fact]
    public void A_lock_is_held_once()
    {
        using var folder = TestFolder.Create();

        using var first = FileLock.TryTake(folder["lock"]);

        Assert.NotNull(first);
        Assert.Null(FileLock.TryTake(folder["lock"]));
    }

    [Fact]
    public async Task Who_waits_for_a_lock_gets_it_when_it_is_given_back()
    {
        using var folder = TestFolder.Create();
        var first = FileLock.TryTake(folder["lock"])!;

        var waiting = FileLock.TakeAsync(folder["lock"], TestContext.Current.CancellationToken);
        first.Dispose();

        using var second = await waiting;
    }

    [Fact]
    public void A_folder_that_is_missing_is_an_error_and_not_a_held_lock() =>
        Assert.Throws<DirectoryNotFoundException>(() => FileLock.TryTake("/no/such/folder/lock"));
}
