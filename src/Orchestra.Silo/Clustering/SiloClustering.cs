using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orchestra.Core.Configuration;
using Orchestra.Grains;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;

namespace Orchestra.Silo.Clustering;

/// <summary>How silos find each other, keep state and notice that one of them is gone: everything through PostgreSQL.</summary>
internal static class SiloClustering
{
    private const string Npgsql = "Npgsql";

    /// <summary>Membership, storage, reminders, endpoints and time limits.</summary>
    public static void Use(ISiloBuilder silo, OrchestraOptions options, SiloAddresses addresses, NpgsqlDataSource database)
    {
        var cluster = options.Cluster;
        silo.Configure<Orleans.Configuration.ClusterOptions>(ids => (ids.ClusterId, ids.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
        silo.Configure<SiloOptions>(self => self.SiloName = addresses.Name);
        silo.ConfigureEndpoints(addresses.Address, cluster.SiloPort, cluster.GatewayPort, listenOnAnyHostAddress: !IPAddress.IsLoopback(addresses.Address));
        silo.UseAdoNetClustering(store => (store.Invariant, store.DataSource) = (Npgsql, database));
        silo.UseAdoNetReminderService(store => (store.Invariant, store.DataSource) = (Npgsql, database));
        silo.AddAdoNetGrainStorage(GrainStorage.Name, store => store.Configure<IServiceProvider>((settings, services) =>
        {
            (settings.Invariant, settings.DataSource) = (Npgsql, database);
            settings.GrainStorageSerializer = new OrleansGrainStorageSerializer(services.GetRequiredService<Serializer>());
        }));
        silo.Configure<ClusterMembershipOptions>(Watch);
        silo.Configure<SiloMessagingOptions>(messaging =>
        {
            // A call whose caller gave up must not go on, and pay, for nobody.
            messaging.CancelRequestOnTimeout = true;
            messaging.MaxEnqueuedRequestsHardLimit = MostQueued;
        });
        // The default directory forgets the grains that were registered with a silo that died, and ends their activations on silos that live, streams under way included. This one asks those.
#pragma warning disable ORLEANSEXP003 // Said to be experimental; the tests that kill silos hold it to what is needed here.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        // Nor need a grain wait until a silo that was declared dead has surely noticed: two activations at once do no harm, since versions in the database decide who writes.
        silo.Configure<GrainDirectoryOptions>(directory => directory.RangeLeaseDuration = TimeSpan.Zero);
        silo.AddActivityPropagation();
        SiloTls.Use(silo, cluster.Tls);
    }

    /// <summary>Calls that may wait for one grain; what comes beyond is refused at once.</summary>
    private const int MostQueued = 10_000;

    /// <summary>A silo that died is noticed within some seconds, by two others where there are two.</summary>
    private static void Watch(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(1);
        membership.NumMissedProbesLimit = 3;
        membership.NumVotesForDeathDeclaration = 2;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        membership.DefunctSiloCleanupPeriod = TimeSpan.FromHours(1);
        membership.DefunctSiloExpiration = TimeSpan.FromDays(1);
    }
}
