package io.viewal.worker.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Labels in the forms of other programs. */
@Command(
        name = "labels",
        description = "Write labels for other programs, and read theirs.",
        subcommands = {LabelsExportCommand.class, LabelsImportCommand.class})
final class LabelsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command of labels?");
    }
}
