namespace Aspire.Hosting;

/// <summary>A mistake that reaches the top of the AppHost is told in its one sentence, without a stack.</summary>
internal static class Mistakes
{
    private static int _registered;

    public static void EndTheProcessWithOneSentence()
    {
        if (Interlocked.Exchange(ref _registered, 1) is 0)
        {
            AppDomain.CurrentDomain.UnhandledException += (_, e) =>
            {
                if (e.ExceptionObject is DistributedApplicationException mistake)
                {
                    Console.Error.WriteLine(mistake.Message);
                    Environment.Exit(1);
                }
            };
        }
    }
}
