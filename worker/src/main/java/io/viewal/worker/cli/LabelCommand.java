package io.viewal.worker.cli;

import io.viewal.contract.LabelParameters;
import io.viewal.contract.RoundDeclaration;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StageResult;
import io.viewal.contract.StoreLocation;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.labeling.LabelingServer;
import io.viewal.worker.stage.OpenRound;
import io.viewal.worker.stage.StageRunner;
import io.viewal.worker.store.ObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The labeling page of a round that waits for people. */
@Command(
        name = "label",
        description = {
            "Serve the labeling page of a round that waits for people, on this machine alone. Answers are kept as they come;",
            "when all are in, 'viewal run' goes on. Ctrl-C ends the page, and the same command opens it again."
        })
final class LabelCommand implements Callable<Integer> {

    private static final long POLL_MILLIS = 200;

    @Mixin
    private StoreOption store;

    @Option(
            names = "--round",
            required = true,
            paramLabel = "FILE",
            description = "YAML with ActiveLearningRound resources, as 'viewal run' read it.")
    private Path file;

    @Option(names = "--name", description = "The round; absent: the first of the file that waits for people.")
    private String name;

    @Option(names = "--port", defaultValue = "8765", description = "0 for any that is free (${DEFAULT-VALUE}).")
    private int port;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        RoundFile declared = RoundFile.read(file);
        PrintWriter out = spec.commandLine().getOut();
        StoreLocation location = store.location();
        StopSignal stop = StopSignal.install();
        try (ObjectStore objects = store.open();
                ScratchFolder scratch = ScratchFolder.create()) {
            StageRunner runner =
                    new StageRunner(objects, scratch.path(), (stage, progress) -> {}, () -> false, Clock.systemUTC());
            StageRequest request = waiting(new LocalRounds(location, objects, done(runner)), declared, runner);
            OpenRound round = new OpenRound(request, objects, scratch.path(), Clock.systemUTC());
            try (LabelingServer server = serve(round, out)) {
                out.printf("Label %s at %s (Ctrl-C ends)%n", round.name(), server.address());
                out.flush();
                while (!stop.getAsBoolean()) {
                    Thread.sleep(POLL_MILLIS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } finally {
            stop.finish();
        }
        return 0;
    }

    private LabelingServer serve(OpenRound round, PrintWriter out) throws IOException {
        AtomicBoolean told = new AtomicBoolean();
        try {
            return LabelingServer.start(round, port, Clock.systemUTC(), enough -> {
                if (!told.getAndSet(enough) && enough) {
                    out.printf("All answers are in: viewal run --round %s goes on%n", file);
                    out.flush();
                }
            });
        } catch (BindException e) {
            throw new InvalidInputException(
                    Reason.InvalidRequest, "The port " + port + " is taken: give another with --port, or 0", e);
        }
    }

    /** Finds results and makes none. */
    private static LocalRounds.Stages done(StageRunner runner) {
        return (request, shard) -> runner.committed(request, shard)
                .orElseThrow(() -> new InvalidInputException(
                        Reason.InvalidRequest,
                        "The round '" + request.owner().name() + "' has no regions to label yet, as its stage "
                                + request.stage().title() + " is not done: 'viewal run' with the same file and store"
                                + " comes first"));
    }

    /** The LABEL request of the round to label. */
    private StageRequest waiting(LocalRounds rounds, RoundFile declared, StageRunner runner) throws IOException {
        if (name != null && !declared.rounds().containsKey(name)) {
            throw invalid(file + " declares no round '" + name + "', only "
                    + String.join(", ", declared.rounds().keySet()));
        }
        for (Map.Entry<String, RoundDeclaration> round : declared.rounds().entrySet()) {
            boolean people = round.getValue().labeling().oracle() == LabelParameters.Oracle.Annotators;
            if (name == null ? people : name.equals(round.getKey())) {
                if (!people) {
                    throw invalid(
                            "The round '" + name + "' is labeled by ground truth: let labeling.oracle be Annotators");
                }
                StageRequest request = rounds.labelRequest(round.getKey(), round.getValue());
                Optional<StageResult> labeled = runner.committed(request, 0);
                if (labeled.isEmpty()) {
                    return request;
                }
                if (name != null) {
                    throw invalid("The round '" + name + "' is labeled: its labels stay as they are");
                }
            }
        }
        throw invalid(file + " has no round that waits for people: let labeling.oracle be Annotators in one, or run it"
                + " further with 'viewal run'");
    }

    private static InvalidInputException invalid(String sentence) {
        return new InvalidInputException(Reason.InvalidRequest, sentence);
    }
}
