package io.viewal.worker.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Data sets in folders. */
@Command(
        name = "dataset",
        description = "Import data sets, look at them, check them and export them.",
        subcommands = {
            DatasetImportCommand.class,
            DatasetInspectCommand.class,
            DatasetCheckCommand.class,
            DatasetExportCommand.class,
            DatasetViewCommand.class
        })
final class DatasetCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
    }
}
