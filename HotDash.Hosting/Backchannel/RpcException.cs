namespace Aspire.Hosting.Backchannel;

/// <summary>An answer that is an error; the codes are those of JSON-RPC 2.0 (https://www.jsonrpc.org/specification#error_object).</summary>
internal sealed class RpcException(int code, string message) : Exception(message)
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;
    public const int InternalError = -32603;

    /// <summary>StreamJsonRpc's code for a request that its own caller has cancelled.</summary>
    public const int RequestCancelled = -32800;

    public int Code { get; } = code;
}
