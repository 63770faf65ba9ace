using HotDash.Pollers;

var builder = WebApplication.CreateBuilder(args);
builder.AddHotDashPollers();

var app = builder.Build();
app.UseHotDashPollers();

await app.RunAsync();
