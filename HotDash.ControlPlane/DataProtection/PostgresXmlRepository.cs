using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace HotDash.ControlPlane.DataProtection;

/// <summary>Where the data-protection keys live. The framework asks synchronously, at start and once a day.</summary>
internal sealed class PostgresXmlRepository(NpgsqlDataSource store) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = store.OpenConnection();
        return [.. connection.Query<string>("select xml from data_protection_keys order by name").Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = store.OpenConnection();
        connection.Execute(
            "insert into data_protection_keys (name, xml) values (@friendlyName, @xml) on conflict (name) do update set xml = excluded.xml",
            new { friendlyName, xml = element.ToString(SaveOptions.DisableFormatting) });
    }
}
