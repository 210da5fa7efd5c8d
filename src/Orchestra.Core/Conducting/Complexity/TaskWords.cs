using System.Collections.Frozen;

namespace Orchestra.Core.Conducting.Complexity;

/// <summary>
/// The words by which the task analyser knows the kind of work: English first, and a few key words of other large languages. A language that is
/// not here is judged by length, numbers, formulas and code alone.
/// </summary>
internal static class TaskWords
{
    private static readonly FrozenDictionary<string, WordSignal> All = Build();

    /// <summary>Words by their spelling, in any case.</summary>
    public static FrozenDictionary<string, WordSignal>.AlternateLookup<ReadOnlySpan<char>> ByWord => All.GetAlternateLookup<ReadOnlySpan<char>>();

    private static FrozenDictionary<string, WordSignal> Build()
    {
        var words = new Dictionary<string, WordSignal>(StringComparer.OrdinalIgnoreCase);
        Add(words, new(TaskType.Summary, 5),
            "summarize summarise summary tldr condense shorten zusammenfassung résume résumer resume resumen resumir резюмируй");
        Add(words, new(TaskType.Translation, 5),
            "translate translation übersetze übersetzen traduis traduire traduce traducir traduzca traduza traduzir traduci переведи");

        Add(words, new(TaskType.Code, 2.4),
            "python javascript typescript java csharp c# rust golang kotlin php sql html css bash powershell regex dockerfile numpy pandas " +
            "react django");
        Add(words, new(TaskType.Code, 1.6),
            "code coding program programme programm código codigo compile compiler debug debugging refactor refactoring api endpoint script " +
            "stacktrace");
        Add(words, new(TaskType.Code, 1.2),
            "function method class algorithm implementation bug variable array linkedlist hashmap string struct recursion exception json pytest " +
            "unittest fonction función funktion");
        Add(words, new(TaskType.Code, 1.2, Effort: 0.6), "implement implementiere implementa implémente");
        Add(words, new(TaskType.Code, 0.8, Advanced: true),
            "concurrency concurrent asynchronous multithreaded thread-safe lock-free mutex deadlock cache lru distributed parser compiler " +
            "scheduler trie");

        Add(words, new(TaskType.Math, 1.2),
            "calculate compute solve equation equations sum product percent percentage average mean ratio altogether total remaining berechne " +
            "calcula calcule resuelve résous вычисли");
        Add(words, new(TaskType.Math, 0.5),
            "each per half twice double triple dozen cost costs price speed hour hours minutes dollars euros miles kilometers area perimeter " +
            "radius number integer integers");
        Add(words, new(TaskType.Math, 1.6, Advanced: true),
            "integral derivative matrix eigenvalue eigenvalues polynomial polynomials logarithm probability modulo divisor divisors triangle " +
            "geometric sine cosine");
        Add(words, new(TaskType.Math, 1, Advanced: true),
            "theorem lemma convergence differential permutations combinations coprime quadratic circumcircle vertices");

        Add(words, new(TaskType.Reasoning, 3.5, Effort: 3.8), "prove disprove proof beweise beweisen demuestra démontre démontrer докажи");
        Add(words, new(TaskType.Reasoning, 2, Effort: 3), "derive deduce deduct");
        Add(words, new(TaskType.Reasoning, 1.5, Effort: 2.2),
            "design architect optimize optimise optimal minimize maximise maximize minimise entwirf diseña concevez спроектируй");
        Add(words, new(TaskType.Reasoning, 1.8, Effort: 1.8),
            "compare contrast evaluate analyze analyse critique assess justify argue vergleiche compara comparez сравни");
        Add(words, new(TaskType.Reasoning, 1.5, Effort: 1.2),
            "plan strategy trade-offs tradeoffs trade-off implications infer reasoning puzzle riddle logic hypothesis recommend");
        Add(words, new(TaskType.Reasoning, 1, Effort: 0.8), "why explain warum pourquoi porque perché почему");

        Add(words, new(TaskType.Lookup, 0.8, Question: true),
            "what who whom whose when where which was wer wann wo welche que quel quelle quién qué cuándo dónde cuál quem onde quando кто что " +
            "когда где какой");
        Add(words, new(TaskType.Lookup, 0.6, Question: true), "how wie comment cómo como как");
        Add(words, new(TaskType.Lookup, 1.2), "define definition meaning capital population invented discovered located founded hauptstadt capitale");

        Add(words, new(TaskType.Chat, 2.5), "hi hello hey thanks thank bye goodbye hallo danke bonjour merci hola gracias привет спасибо ciao olá obrigado");
        Add(words, new(TaskType.Chat, 1.5, Effort: 0.6), "poem story essay email letter joke song haiku limerick slogan");
        Add(words, new(Condition: true),
            "if unless must should only exactly without except given suppose assuming assume ensure require requires requirement constraint " +
            "constraints wenn falls sans sin si если");
        return words.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private static void Add(Dictionary<string, WordSignal> words, WordSignal signal, string list)
    {
        foreach (var word in list.Split(' '))
            words.TryAdd(word, signal with { Word = word });
    }
}
