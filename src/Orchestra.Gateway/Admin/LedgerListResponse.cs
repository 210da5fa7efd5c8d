using Orchestra.Core.Budgets.Reports;

namespace Orchestra.Gateway.Admin;

/// <summary>A page of rows; there may be further ones even where this page is short.</summary>
internal sealed record LedgerListResponse(IReadOnlyList<LedgerRow> Data, bool HasMore, string? Next);
