using Orchestra.Cli.CommandLine;

return await OrchestraCommand.RunAsync(args);
