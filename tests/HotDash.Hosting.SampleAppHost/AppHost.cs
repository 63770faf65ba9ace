// An AppHost to be run, killed and misused by the tests.
using Microsoft.Extensions.Configuration;

var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });
var folder = builder.Configuration["Sample:Folder"]!;

// Says its process id, and that it was asked to end.
builder.AddExecutable("forever", "/bin/sh", folder, "-c", "trap 'echo > ended; exit 0' TERM; echo $$ > pid; while :; do sleep 0.1; done")
    .WithHttpEndpoint(port: builder.Configuration.GetValue("Sample:Port", 0), isProxied: false);

if (builder.Configuration.GetValue("Sample:Stubborn", false))
{
    builder.AddExecutable("stubborn", "/bin/sh", folder, "-c", "trap '' TERM; while :; do sleep 0.1; done");
}

if (builder.Configuration["Sample:Parameter"] is { } parameter)
{
    builder.AddParameter(parameter);
}

if (builder.Configuration["Sample:Twin"] is { } twin)
{
    builder.AddExecutable(twin, "/bin/true", folder);
}

using var app = builder.Build();
_ = SayWhenItRunsAsync();
app.Run();

// The process may run before DCP knows that it does; what DCP does not know of is not asked to end.
async Task SayWhenItRunsAsync()
{
    await app.ResourceNotifications.WaitForResourceAsync("forever", KnownResourceStates.Running);
    await File.WriteAllTextAsync(Path.Combine(folder, "running"), "");
}
