using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Configuration;
using Orchestra.Core.Errors;

namespace Orchestra.Storage.Search;

/// <summary>A folder's documents, searchable by words (BM25); follows the folder's changes when it is asked.</summary>
public sealed partial class SearchIndex : IAsyncDisposable
{
    private readonly SearchOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly IndexDatabase _database;
    private readonly SemaphoreSlim _readers;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stopped;
    private readonly Lock _gate = new();
    private Task<Exception?>? _pass;
    private long _passEnded;
    private IndexPassReport? _lastPass;
    private bool _isDisposed;

    /// <summary>Makes an index; nothing is read before <see cref="Start"/> or the first query.</summary>
    /// <param name="options">What it covers; throws <see cref="OrchestraException"/> where a value is out of its bounds.</param>
    /// <param name="time">The clock for the interval between looks at the folder.</param>
    /// <param name="logger">Where it tells what it left out.</param>
    public SearchIndex(SearchOptions options, TimeProvider time, ILogger<SearchIndex> logger)
    {
        ConfigurationErrors.ThrowIfAny(SearchOptionsValidator.Errors(options));
        _options = options;
        _time = time;
        _logger = logger;
        _database = new IndexDatabase(options);
        _readers = new SemaphoreSlim(options.MaxConcurrency);
        _stopped = _stopping.Token;
    }

    /// <summary>What the last whole look at the folder did; null before the first one ended.</summary>
    public IndexPassReport? LastPass => Volatile.Read(ref _lastPass);

    /// <summary>Begins the first look at the folder in the background and returns at once; the index owns that work and ends it when it is disposed.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (!_isDisposed)
                _pass ??= BeginPass();
        }
    }

    /// <summary>
    /// Finds the passages that fit a query best. The first look at the folder is waited for; a later one that is due begins with the query and is waited for
    /// up to <see cref="SearchOptions.RescanWait"/>.
    /// </summary>
    /// <param name="query">Any text; only its words count.</param>
    /// <param name="limit">Passages at most, 1 to 20; null takes <see cref="SearchOptions.Results"/>.</param>
    /// <param name="ct">Ends the waiting and the search.</param>
    public async Task<SearchAnswer> SearchAsync(string query, int? limit, CancellationToken ct)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct, _stopped);
        try
        {
            await FollowFolderAsync(ending.Token);
            var terms = SearchTerms.Read(query, _options.MaxQueryLength);
            var passages = terms.Words.Count == 0 ? [] : await FindAsync(terms, Math.Clamp(limit ?? _options.Results, 1, 20), ending.Token);
            return new SearchAnswer(passages, LastPass?.Documents ?? 0, terms.Words.Count > 0);
        }
        catch (OperationCanceledException exception) when (!ct.IsCancellationRequested && _stopped.IsCancellationRequested)
        {
            throw new OrchestraException(ErrorCode.ShuttingDown, 503, "The search index is closing: try again.", exception);
        }
        catch (SqliteException exception)
        {
            throw Unusable(exception);
        }
    }

    /// <summary>Ends the look at the folder that is under way and the searches, waits for both, and closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        Task<Exception?>? pass;
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            pass = _pass;
        }

        await _stopping.CancelAsync();
        if (pass is not null)
            await pass;
        for (var i = 0; i < _options.MaxConcurrency; i++)
            await _readers.WaitAsync(CancellationToken.None);
        _database.Close();
        _stopping.Dispose();
    }

    private async Task<IReadOnlyList<SearchPassage>> FindAsync(SearchTerms terms, int limit, CancellationToken ct)
    {
        await _readers.WaitAsync(ct);
        try
        {
            using var connection = _database.Open();
            return IndexReader.Find(connection, terms, limit, _options.MaxPassageLength, ct);
        }
        finally
        {
            _readers.Release();
        }
    }

    private async Task FollowFolderAsync(CancellationToken ct)
    {
        Task<Exception?> pass;
        TimeSpan wait;
        lock (_gate)
        {
            ct.ThrowIfCancellationRequested();
            var isFirst = _lastPass is null;
            var isDue = _pass is null || (_pass.IsCompleted && (isFirst || _time.GetElapsedTime(_passEnded) >= _options.RescanInterval));
            if (isDue)
                _pass = BeginPass();
            pass = _pass!;
            wait = isFirst ? Timeout.InfiniteTimeSpan : isDue ? _options.RescanWait : TimeSpan.Zero;
        }

        if (wait == TimeSpan.Zero)
            return;
        try
        {
            if (await pass.WaitAsync(wait, _time, ct) is { } failure && LastPass is null)
                throw failure as OrchestraException ?? Unusable(failure);
        }
        catch (TimeoutException)
        {
            LogSlowPass(_options.Folder);
        }
    }

    private Task<Exception?> BeginPass() => Task.Run(RunPass, CancellationToken.None);

    /// <summary>One look at the folder; returns what went wrong instead of throwing it, since nobody may be waiting.</summary>
    private Exception? RunPass()
    {
        try
        {
            _database.Prepare();
            using var connection = _database.Open();
            var report = new IndexPass(_options, new IndexWriter(connection), _logger).Run(_stopped);
            // The first look, at the start, finds everything new; later ones tell what changed.
            var isNews = LastPass is not null && report.Read + report.Removed > 0;
            Volatile.Write(ref _lastPass, report);
            LogPass(isNews ? LogLevel.Information : LogLevel.Debug, _options.Folder, report.Documents, report.Read, report.Removed, report.Skipped);
            return null;
        }
        catch (OperationCanceledException exception) when (_stopped.IsCancellationRequested)
        {
            return exception;
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException or OrchestraException)
        {
            // A connection from the pool would still hold the file that an operator has replaced to mend this.
            _database.Close();
            LogFailedPass(exception, _options.Folder);
            return exception;
        }
        finally
        {
            Volatile.Write(ref _passEnded, _time.GetTimestamp());
        }
    }

    private OrchestraException Unusable(Exception exception) => exception is OperationCanceledException
        ? new OrchestraException(ErrorCode.ShuttingDown, 503, "The search index is closing: try again.", exception)
        : new OrchestraException(
            ErrorCode.Internal, 500,
            $"The search index {_options.DatabasePath} cannot be used ({exception.Message}). If it is damaged, delete it: it is made anew from the documents.", exception);
}
