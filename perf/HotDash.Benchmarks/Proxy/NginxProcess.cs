using System.Diagnostics;
using HotDash.Benchmarks.Processes;

namespace HotDash.Benchmarks.Proxy;

/// <summary>nginx as a plain reverse proxy with kept connections, in the foreground, with all its files in a folder of its own.</summary>
internal sealed class NginxProcess(Process process, Uri address, string nginx, DirectoryInfo folder) : ServerProcess(process, address)
{
    private static readonly string[] Places = ["/usr/sbin/nginx", "/usr/local/bin/nginx", "/opt/homebrew/bin/nginx"];

    public static async Task<NginxProcess?> StartIfInstalledAsync(BenchmarkApi api, CancellationToken ct)
    {
        if (Places.FirstOrDefault(File.Exists) is not { } nginx)
            return null;

        var address = FreeAddress();
        var folder = Directory.CreateTempSubdirectory("hotdash-nginx-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "nginx.conf"), Configuration(api.Address, address, folder), ct);
        var process = await StartAsync(new(nginx, Arguments(folder)), address, ct);

        return new NginxProcess(process, address, nginx, folder);
    }

    public override void Dispose()
    {
        base.Dispose();
        folder.Delete(recursive: true);
    }

    // Killed, the master would leave its workers to nobody.
    protected override bool AskToStop()
    {
        using var stop = Process.Start(nginx, [.. Arguments(folder), "-s", "stop"]);

        return true;
    }

    private static string[] Arguments(DirectoryInfo folder) =>
        ["-p", folder.FullName, "-c", Path.Combine(folder.FullName, "nginx.conf"), "-e", Path.Combine(folder.FullName, "error.log")];

    private static string Configuration(Uri api, Uri address, DirectoryInfo folder) => $$"""
        daemon off;
        worker_processes {{Environment.ProcessorCount}};
        pid {{folder.FullName}}/nginx.pid;
        events { worker_connections 1024; }
        http {
          access_log off;
          client_body_temp_path {{folder.FullName}}/body;
          proxy_temp_path {{folder.FullName}}/proxy;
          fastcgi_temp_path {{folder.FullName}}/fastcgi;
          uwsgi_temp_path {{folder.FullName}}/uwsgi;
          scgi_temp_path {{folder.FullName}}/scgi;
          upstream api { server {{api.Authority}}; keepalive 64; }
          server {
            listen {{address.Authority}};
            keepalive_requests 1000000000;
            location / {
              proxy_pass http://api;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_set_header X-Forwarded-For $remote_addr;
              proxy_set_header X-Forwarded-Proto $scheme;
              proxy_set_header X-Forwarded-Host $http_host;
            }
          }
        }
        """;
}
