namespace Orchestra.Cluster.Tests.Schema;

internal sealed class NoteGrain([PersistentState("note", TestSilo.Storage)] IPersistentState<Note> state, ILocalSiloDetails silo) : Grain, INoteGrain, IRemindable
{
    private int _reminded;

    public async Task<string> WriteAsync(string line)
    {
        state.State = new Note { Line = line };
        await state.WriteStateAsync();
        return silo.Name;
    }

    public Task<Note> ReadAsync() => Task.FromResult(state.State with { Silo = silo.Name });

    public Task RemindAsync(string name) => this.RegisterOrUpdateReminder(name, TimeSpan.Zero, TestSilo.ShortestPeriod);

    public Task<int> RemindedAsync() => Task.FromResult(_reminded);

    public async Task ForgetAsync(string name) => await this.UnregisterReminder((await this.GetReminder(name))!);

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _reminded++;
        return Task.CompletedTask;
    }
}
