using HotDash.Api;

var builder = WebApplication.CreateBuilder(args);
builder.AddHotDashApi();

var app = builder.Build();
app.UseHotDashApi();

await app.RunAsync();
