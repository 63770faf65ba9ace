namespace HotDash.Integrations;

/// <summary>
/// Counts the calls and the repetitions of the last minute, in slices of ten seconds, and grants a repetition while there are
/// few of them. So a provider that is down is asked a fifth more often, not three times as often.
/// </summary>
internal sealed class RetryBudget(RetryBudgetOptions options, TimeProvider clock)
{
    private const int Slices = 6;
    private const int SecondsPerSlice = 10;

    private readonly Slice[] _slices = [.. Enumerable.Range(0, Slices).Select(_ => new Slice())];

    public void CountCall() => Interlocked.Increment(ref Current().Calls);

    public bool TryTake()
    {
        var current = Current();
        lock (_slices)
        {
            var oldest = current.Number - Slices;
            var (calls, repeats) = (0, 0);
            foreach (var slice in _slices)
            {
                if (slice.Number > oldest)
                    (calls, repeats) = (calls + slice.Calls, repeats + slice.Repeats);
            }

            if (repeats >= Math.Max(options.AtLeastPerMinute, calls * options.Share))
                return false;

            current.Repeats++;
            return true;
        }
    }

    private Slice Current()
    {
        var number = clock.GetTimestamp() / (clock.TimestampFrequency * SecondsPerSlice);
        var slice = _slices[number % Slices];

        return Volatile.Read(ref slice.Number) == number ? slice : Renew(slice, number);
    }

    private Slice Renew(Slice slice, long number)
    {
        lock (_slices)
        {
            if (slice.Number < number)
            {
                (slice.Calls, slice.Repeats) = (0, 0);
                Volatile.Write(ref slice.Number, number);
            }

            return slice;
        }
    }

    private sealed class Slice
    {
        public long Number = -Slices;
        public int Calls;
        public int Repeats;
    }
}
