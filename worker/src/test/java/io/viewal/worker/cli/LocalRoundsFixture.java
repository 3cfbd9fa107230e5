package io.viewal.worker.cli;

import io.viewal.contract.ContractJson;
import io.viewal.contract.StageResult;
import io.viewal.contract.StoreLocation;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.dataset.ImageSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Rounds in one process, and what they leave in a store that is a folder. */
abstract class LocalRoundsFixture {

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    @TempDir
    Path temp;

    /** Runs the declarations and returns the exit code. */
    int run(String yaml) throws IOException {
        Path file = Files.writeString(temp.resolve("rounds.yaml"), yaml);
        return ViewalCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(
                        "run", "--round", file.toString(), "--store", location().endpoint());
    }

    StoreLocation location() {
        return new StoreLocation("dir:" + temp.resolve("store"), "", "", "");
    }

    /** A file of a stage, of the result that a round or data set has by its name. */
    Path file(String owner, String stage, String name) throws IOException {
        StageResult result = result(owner, stage);
        String made = result.madeBy().directory() + "-" + result.attempt();
        return folder(owner, stage).resolve(made).resolve(name);
    }

    StageResult result(String owner, String stage) throws IOException {
        return ContractJson.read(Files.readAllBytes(folder(owner, stage).resolve("result.json")), StageResult.class);
    }

    /** The folder of the result that a round or data set has by its name. */
    Path folder(String owner, String stage) throws IOException {
        try (Stream<Path> files = Files.walk(temp.resolve("store/local/results/" + stage))) {
            return files.filter(file -> file.getParent().endsWith("references"))
                    .filter(file -> file.getFileName().toString().matches(owner + "-[0-9a-f]{8}"))
                    .map(file -> file.getParent().getParent())
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The label set that a round left. */
    LabelSet labels(String round, ImageSize size) throws IOException {
        return LabelSet.read(file(round, "label", "label-set.zip"), size);
    }
}
