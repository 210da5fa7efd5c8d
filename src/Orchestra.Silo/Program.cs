using Orchestra.Silo.CommandLine;

return await SiloCommand.RunAsync(args);
