using System.Text.Json;

namespace HotDash.ControlPlane.Jobs;

/// <summary>How payloads are written and read. A member that is missing is an error, not a silent null or zero.</summary>
internal static class JobJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };
}
