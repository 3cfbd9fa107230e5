package io.viewal.worker.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/** A data set of four synthetic rooms, two of which train, and a round on it, both made by {@code viewal run}. */
final class RoundFixture {

    static final int WIDTH = 80;
    static final int HEIGHT = 60;
    static final int FRAMES = 3;
    static final long SEED = 7;

    private static final String ROUND = """
            kind: MultiViewDataset
            metadata: {name: rooms}
            spec:
              source: {synthetic: {scenes: 4, framesPerScene: 3, seed: 1}}
              width: 80
              height: 60
              seedSet: {frames: 2, seed: 1}
            ---
            kind: ActiveLearningRound
            metadata: {name: round-0}
            spec:
              dataset: rooms
              seed: 7
              training: {epochs: 2, batchSize: 2, learningRate: 0.01, validateEvery: 1}
              scoring: {passes: 2}
              selection: {budget: {amount: 5, unit: Regions}}
            """;

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    private final Path store;

    RoundFixture(Path temp) throws IOException {
        store = temp.resolve("store");
        Path file = Files.writeString(temp.resolve("rounds.yaml"), ROUND);
        Assertions.assertThat(run("run", "--round", file.toString(), "--store", "dir:" + store))
                .as(err::toString)
                .isZero();
    }

    /** The folder of the prepared data set. */
    Path dataset() throws IOException {
        return folder("rooms", "prepare");
    }

    /** A file of a stage of the round. */
    Path file(String stage, String name) throws IOException {
        return folder("round-0", stage).resolve(name);
    }

    private Path folder(String owner, String stage) throws IOException {
        try (Stream<Path> folders = Files.walk(store.resolve("local/results/" + stage), 2)) {
            return folders.filter(one -> one.getFileName().toString().matches(owner + "-[0-9a-f]{8}-1"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return ViewalCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
