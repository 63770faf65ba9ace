namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Postgres server: embedded, or a container.</summary>
public class PostgresServerResource(string name) : ContainerResource(name);
