using HotDash.Benchmarks;
using HotDash.Benchmarks.Approvals;
using HotDash.Benchmarks.Chaos;
using HotDash.Benchmarks.DeadLetters;
using HotDash.Benchmarks.Flags;
using HotDash.Benchmarks.Jobs;
using HotDash.Benchmarks.Limits;
using HotDash.Benchmarks.Proxy;
using HotDash.Benchmarks.Resilience;
using HotDash.Benchmarks.Rollouts;
using HotDash.Benchmarks.Startup;
using HotDash.Benchmarks.Webhooks;

if (args is [YarpProcess.Command, var address, var api])
    return await YarpProcess.RunAsync(address, api);

// dotnet run -c Release --project perf/HotDash.Benchmarks -- startup jobs
return await BenchmarkRunner.RunAsync(args, new(StringComparer.Ordinal)
{
    ["startup"] = new StartupBenchmark(),
    ["jobs"] = new JobsBenchmark(),
    ["limits"] = new LimitsBenchmark(),
    ["flags"] = new FlagsBenchmark(),
    ["judge"] = new JudgeBenchmark(),
    ["deadletters"] = new DeadLettersBenchmark(),
    ["proxy"] = new ProxyBenchmark(),
    ["resilience"] = new ResilienceBenchmark(),
    ["webhooks"] = new WebhooksBenchmark(),
    ["approvals"] = new ApprovalsBenchmark(),
    ["chaos"] = new ChaosBenchmark(),
});
