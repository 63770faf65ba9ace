using System.ComponentModel;
using HotDash.ControlPlane.Reads;
using Microsoft.AspNetCore.Mvc;

namespace HotDash.Api.Requests;

/// <summary>Which part of a list.</summary>
internal sealed record PageQuery
{
    [FromQuery(Name = "cursor"), Description("nextCursor of the page before")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "limit"), Description("1 to 100; 50 unless given")]
    public string? Limit { get; init; }

    public (T? After, int Limit) Read<T>(FieldErrors errors) where T : Cursor => (errors.After<T>(Cursor), errors.Limit(Limit));
}
