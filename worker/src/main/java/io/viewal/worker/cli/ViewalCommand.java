package io.viewal.worker.cli;

import io.viewal.contract.ExitCode;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.stage.AwaitingAnswersException;
import io.viewal.worker.stage.StoppedException;
import io.viewal.worker.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root command. */
@Command(
        name = "viewal",
        description = "Active learning for multi-view segmentation.",
        mixinStandardHelpOptions = true,
        versionProvider = StampedVersion.class,
        scope = ScopeType.INHERIT,
        subcommands = {
            StageCommand.class,
            RunCommand.class,
            LabelCommand.class,
            LabelsCommand.class,
            TrainCommand.class,
            PredictCommand.class,
            EvaluateCommand.class,
            ScoreCommand.class,
            SelectCommand.class,
            DatasetCommand.class,
            StoreCommand.class,
            WeightsCommand.class,
            ReportCommand.class
        })
public final class ViewalCommand implements Runnable {

    /** Kept here, since the log manager forgets a logger, and with it its level, that nobody holds. */
    private static final Logger ENGINE = Logger.getLogger("ai.djl");

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show where an error comes from.")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        EngineLibraries.choose();
        ENGINE.setLevel(Level.WARNING);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        ViewalCommand root = new ViewalCommand();
        return new CommandLine(root)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((error, command, parsed) -> root.report(error, command))
                .setParameterExceptionHandler((error, arguments) -> misunderstood(error));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
    }

    /** The error alone; help is long. */
    private static int misunderstood(CommandLine.ParameterException error) {
        CommandLine command = error.getCommandLine();
        command.getErr().println("viewal: " + error.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(error, command.getErr());
        command.getErr()
                .println("'" + command.getCommandSpec().qualifiedName() + " --help' lists commands and options");
        command.getErr().flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Bad input is told in one sentence; a defect with its trace. */
    private int report(Exception error, CommandLine command) {
        Optional<String> sentence = sentence(error);
        command.getErr().println("viewal: " + sentence.orElseGet(error::toString));
        if (verbose || sentence.isEmpty()) {
            error.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return exitCode(error);
    }

    /** What is wrong and what to do; empty for a defect. */
    private static Optional<String> sentence(Exception error) {
        return Optional.ofNullable(
                switch (error) {
                    case InvalidInputException e -> e.getMessage();
                    case StoreUnavailableException e -> e.getMessage();
                    case StoppedException e -> e.getMessage();
                    case AwaitingAnswersException e -> e.getMessage();
                    case NoSuchFileException e -> "'" + e.getFile() + "' or the folder that it lies in does not exist";
                    case AccessDeniedException e ->
                        "'" + e.getFile() + "' may not be read or written: correct its permissions";
                    case FileAlreadyExistsException e -> "'" + e.getFile() + "' is there already: give another path";
                    case FileSystemException e
                    when e.getReason() == null -> "'" + e.getFile() + "' can't be read or written";
                    case FileSystemException e -> "'" + e.getFile() + "' can't be read or written: " + e.getReason();
                    // Writing to an open file is told without the file.
                    case IOException e
                    when String.valueOf(e.getMessage()).contains("No space left") ->
                        "the disk is full: nothing was left under its final name; free some space and run the same again";
                    default -> null;
                });
    }

    static int exitCode(Exception error) {
        return switch (error) {
            case InvalidInputException invalid -> invalid.reason().exitCode();
            case StoreUnavailableException unavailable -> ExitCode.UNAVAILABLE;
            case StoppedException stopped -> ExitCode.TERMINATED;
            case AwaitingAnswersException awaiting -> ExitCode.AWAITING_ANSWERS;
            case IOException full
            when String.valueOf(full.getMessage()).contains("No space left") -> ExitCode.TEMPORARY;
            case FileSystemException file -> ExitCode.BAD_REQUEST;
            default -> ExitCode.SOFTWARE;
        };
    }
}
