using System.ComponentModel;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Commerce;
using HotDash.Integrations.Shopify;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Commerce;

internal static class ListOrders
{
    public static async Task<Results<Ok<Envelope<CommercePage<Order>>>, ApiProblem>> HandleAsync(
        CommerceReads commerce,
        TimeProvider clock,
        [AsParameters] PageQuery page,
        CancellationToken ct,
        [Description("open, closed or cancelled")] string? status = null,
        [Description("authorized, expired, paid, partially_paid, partially_refunded, pending, refunded or voided")] string? financialStatus = null,
        [Description("unfulfilled, partial, fulfilled, scheduled, on_hold or request_declined")] string? fulfillmentStatus = null,
        [Description("Made at this time or later: 2026-12-24T18:00:00Z")] string? from = null,
        [Description("Made at this time or earlier")] string? to = null)
    {
        var errors = new FieldErrors();
        var filter = new OrderFilter(
            errors.OneOf<OrderStatus>("status", status),
            errors.OneOf<FinancialStatus>("financialStatus", financialStatus),
            errors.OneOf<FulfillmentStatus>("fulfillmentStatus", fulfillmentStatus),
            errors.Time("from", from),
            errors.Time("to", to));
        errors.Require(!(filter.To < filter.From), "to", "must not be before from.");
        var (after, limit) = page.Read<CommerceCursor>(errors);
        var query = new OrderQuery(filter, after, limit);

        return errors.Any ? errors.ToProblem() : CommercePage<Order>.Of(await commerce.ListOrdersAsync(query, ct), clock);
    }
}
