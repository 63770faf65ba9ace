using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;

namespace HotDash.Hosting.Tests.Dashboard;

public sealed class ConsoleLogBatchesTests
{
    [Fact]
    public void Many_lines_are_cut_into_messages_of_bearable_size()
    {
        var lines = Enumerable.Range(1, 25).Select(number => new LogLine(number, new string('x', 100_000), IsErrorMessage: false));

        var batches = ConsoleLogBatches.Split(lines).ToArray();

        Assert.Equal([10, 10, 5], batches.Select(b => b.LogLines.Count));
        Assert.Equal(Enumerable.Range(1, 25), batches.SelectMany(b => b.LogLines).Select(line => line.LineNumber));
    }

    [Fact]
    public void A_line_that_fits_nowhere_is_shortened_and_says_so()
    {
        var huge = new LogLine(1, new string('x', ConsoleLogBatches.MaxCharacters + 7), IsErrorMessage: true);

        var line = ConsoleLogBatches.Split([huge]).Single().LogLines.Single();

        Assert.EndsWith("x … (7 more characters)", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_lines_need_no_message()
    {
        Assert.Empty(ConsoleLogBatches.Split([]));
    }
}
