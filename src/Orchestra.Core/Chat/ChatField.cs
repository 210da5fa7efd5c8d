namespace Orchestra.Core.Chat;

/// <summary>Where one top-level field of a request stands in its body.</summary>
/// <param name="Kind">Which field it is.</param>
/// <param name="NameStart">Offset of the name's opening quote.</param>
/// <param name="ValueStart">Offset of the value's first byte.</param>
/// <param name="End">Offset behind the value's last byte.</param>
internal readonly record struct ChatField(ChatFieldKind Kind, int NameStart, int ValueStart, int End);
