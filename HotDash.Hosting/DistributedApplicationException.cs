namespace Aspire.Hosting;

/// <summary>A mistake a person can put right; the message is one sentence that says how.</summary>
public class DistributedApplicationException(string message, Exception? innerException = null) : Exception(message, innerException);
