using System.CommandLine;
using Orchestra.Benchmarks.Learning;
using Orchestra.Benchmarks.Ledgers;

var root = new RootCommand("Orchestra's benchmarks: each prints a table, and JSON where it is asked for.") { LedgerCommand.Create(), FeatureCommand.Create() };
return await root.Parse(args).InvokeAsync();
