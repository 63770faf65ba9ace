using System.Text.Json;
using Aspire.Hosting.Tools;

namespace Aspire.Hosting.State;

/// <summary>Generated parameters in a file that is only readable for its owner and is replaced whole.</summary>
internal sealed class KeptParameters(string file)
{
    private readonly Lock _gate = new();
    private Dictionary<string, string>? _values;

    public string GetOrAdd(string name, Func<string> generate)
    {
        lock (_gate)
        {
            _values ??= Load();

            if (!_values.TryGetValue(name, out var value))
            {
                _values[name] = value = generate();
                PrivateFile.Replace(file, JsonSerializer.Serialize(_values, JsonSerializerOptions.Web));
            }

            return value;
        }
    }

    private Dictionary<string, string> Load()
    {
        try
        {
            return File.Exists(file)
                ? new(JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file)) ?? [], StringComparer.Ordinal)
                : new(StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            throw new DistributedApplicationException(
                $"'{file}' is damaged, and the database's password is in it: restore it, or delete the whole folder to start empty.");
        }
    }
}
