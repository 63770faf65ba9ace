using HotDash.TestKit;

// Activity sources and meters belong to the whole process: one host's spans would reach the exporters of another test's host.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(PostgresFixture))]
