using Npgsql;

namespace HotDash.ControlPlane.Store;

/// <summary>The store could not be asked (503 <c>store_unavailable</c>): nothing is known, as opposed to "no".</summary>
public sealed class StoreUnavailableException(Exception inner)
    : Exception("The store does not answer; try again shortly.", inner)
{
    /// <summary>True for failures that say the database is away, starting, stopping or full of connections; false for errors in a statement.</summary>
    public static bool IsCause(Exception exception) => exception switch
    {
        PostgresException e => e.SqlState[..2] is "08" or "53" or "57",
        NpgsqlException or TimeoutException => true,
        _ => false,
    };
}
