namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>The addresses of one service, given out in turn.</summary>
internal sealed class ServiceAddresses(Uri[] all)
{
    private uint _turn = uint.MaxValue;

    public IReadOnlyList<Uri> All => all;

    public Uri Next() => all.Length == 1 ? all[0] : all[Interlocked.Increment(ref _turn) % (uint)all.Length];
}
