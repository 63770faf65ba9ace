using HotDash.Sandbox;

var builder = WebApplication.CreateBuilder(args);
builder.AddSandbox();

var app = builder.Build();
app.UseSandbox();

await app.RunAsync();
