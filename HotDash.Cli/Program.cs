using System.Text;
using HotDash.Cli;

Console.OutputEncoding = Encoding.UTF8; // Windows has another one

return await CliHost.RunAsync(args, CliContext.OfThisProcess());
