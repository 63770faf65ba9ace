using HotDash.EndToEnd.Tests.Harness;

// Two AppHosts at once would only measure how they share this machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(MachineTurn))]
