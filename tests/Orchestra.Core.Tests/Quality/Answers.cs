using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Tests.Conducting;

namespace Orchestra.Core.Tests.Quality;

/// <summary>Makes observations of answers for tests of verifiers.</summary>
internal static class Answers
{
    public static Observation Of(string text, string finishReason = "stop", params ToolCall[] calls) => Of(Scene.Completion(text, finishReason, calls));

    public static Observation Of(ChatCompletion completion) => new()
    {
        Id = 0,
        Turn = 1,
        Move = new Move.Delegate("small", RequestEdits.None, Purpose.Answer, Judged: true),
        Expert = "small",
        Completion = completion,
    };
}
