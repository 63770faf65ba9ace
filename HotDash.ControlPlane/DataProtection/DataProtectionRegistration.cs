using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HotDash.ControlPlane.DataProtection;

internal static class DataProtectionRegistration
{
    /// <summary>All processes share the keys; only the migrations run makes new ones, so that replicas never race for it.</summary>
    public static void AddSharedDataProtection(this IServiceCollection services)
    {
        services.AddSingleton<WrappingKey>();
        services.AddDataProtection().SetApplicationName("HotDash");
        services.AddOptions<KeyManagementOptions>()
            .Configure<NpgsqlDataSource, WrappingKey>((options, store, key) =>
            {
                options.XmlRepository = new PostgresXmlRepository(store);
                options.XmlEncryptor = new WrappedXmlEncryptor(key);
                options.AutoGenerateKeys = false;
            })
            .ValidateOnStart();
    }
}
