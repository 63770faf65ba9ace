using HotDash.Proxy;

var builder = WebApplication.CreateBuilder(args);
builder.AddHotDashProxy();

var app = builder.Build();
app.UseHotDashProxy();

await app.RunAsync();
