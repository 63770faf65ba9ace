var builder = DistributedApplication.CreateBuilder(args);

var postgres = builder.AddPostgres("postgres").WithDataVolume();
var db = postgres.AddDatabase("hotdash");

var api = builder.AddProject<Projects.HotDash_Api>("api")
    .WithReference(db)
    .WithHttpEndpoint()
    .WithReplicas(2);

builder.AddProject<Projects.HotDash_Proxy>("proxy")
    .WithReference(api)
    .WithHttpEndpoint(port: 8080, isProxied: false)
    .WithExternalHttpEndpoints();

builder.Build().Run();
