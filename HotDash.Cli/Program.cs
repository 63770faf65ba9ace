using HotDash.Cli;

return await CliHost.RunAsync(args, CliContext.OfThisProcess());
