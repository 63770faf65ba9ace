using HotDash.Migrations;

var builder = Host.CreateApplicationBuilder(args);
builder.AddHotDashMigrations();

return await builder.RunHotDashMigrationsAsync();
