using System.Text.Json.Serialization;

namespace Orchestra.Core.Budgets.Accounts;

[JsonSerializable(typeof(AccountSnapshot))]
internal sealed partial class AccountSnapshotJson : JsonSerializerContext;
