package io.viewal.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.contract.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An experiment in one process, from a YAML file to its report, on a tiny synthetic data set. */
class LocalExperimentIT {

    /** The arm of whole frames asks for more of them than there are. */
    private static final String EXPERIMENT = """
        kind: MultiViewDataset
        metadata: {name: rooms}
        spec:
          source: {synthetic: {scenes: 3, framesPerScene: 4, seed: 1}}
          width: 80
          height: 60
          seedSet: {frames: 2, seed: 1}
        ---
        kind: ActiveLearningExperiment
        metadata: {name: tiny}
        spec:
          dataset: rooms
          rounds: 1
          seeds: {list: [7]}
          arms:
          - {name: frames, strategy: Random, overrides: {selection: {budget: {amount: 9, unit: Images}}}}
          - {name: regions, strategy: ViewAL, overrides: {selection: {budget: {amount: 5, unit: Regions}}}}
          control: None
          reference: FullSupervision
          template:
            training: {epochs: 1, batchSize: 2}
            scoring: {passes: 1}
            selection: {budget: {amount: 1, unit: Images}}
        """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path temp;

    @Test
    void runsEveryArmReportsAndRepeatsNothing() throws IOException {
        Path file = Files.writeString(temp.resolve("experiment.yaml"), EXPERIMENT);
        assertThat(execute("run", "--round", file.toString(), "--store", store()))
                .as(err::toString)
                .isZero();
        assertThat(out.toString())
                .containsSubsequence(
                        "experiment tiny",
                        "reference 100 %",
                        "frames   100 %",
                        "regions  100 %",
                        "4 rounds, 1 of them failed, best arm regions",
                        "report.html");
        Map<String, Long> before = files();

        assertThat(execute("run", "--round", file.toString(), "--store", store()))
                .as(err::toString)
                .isZero();
        assertThat(files()).isEqualTo(before);

        Path report = temp.resolve("report");
        assertThat(execute("report", "--store", store(), "--experiment", "tiny", "--out", report.toString()))
                .as(err::toString)
                .isZero();
        assertThat(Files.readAllLines(report.resolve("rounds.csv")))
                .satisfiesExactly(
                        head -> assertThat(head).startsWith("arm,strategy,role,seed,round,name,outcome,"),
                        row -> assertThat(row)
                                .startsWith(
                                        "reference,FullSupervision,Reference,7,0,tiny-reference-s7-m0,Complete,cpu,1.0,"),
                        row -> assertThat(row)
                                .startsWith("frames,Random,Compared,7,0,tiny-frames-s7-r0,Failed,cpu,0.5,")
                                .contains("The budget exceeds what is left to label"),
                        row -> assertThat(row)
                                .startsWith("regions,ViewAL,Compared,7,0,tiny-regions-s7-r0,Complete,cpu,0.5,"),
                        row -> assertThat(row)
                                .startsWith("regions,ViewAL,Compared,7,1,tiny-regions-s7-m1,Complete,cpu,0.5"));
        assertThat(report.resolve("figures/learning-labeledFraction.svg")).isNotEmptyFile();
        assertThat(Files.readString(report.resolve("report.html"))).contains("What is missing", "tiny-frames-s7-r0");
    }

    @Test
    void anExperimentThatIsNotInTheStoreIsNamed() {
        Path report = temp.resolve("report");
        assertThat(execute("report", "--store", store(), "--experiment", "tiny", "--out", report.toString()))
                .isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString())
                .contains("no finished round of an experiment 'tiny'")
                .doesNotContain("\tat ");
        assertThat(report).doesNotExist();
    }

    private String store() {
        return "dir:" + temp.resolve("store");
    }

    /** When each file of the store was written. */
    private Map<String, Long> files() throws IOException {
        Map<String, Long> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(temp.resolve("store"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file.toString(), Files.size(file));
            }
        }
        return files;
    }

    private int execute(String... arguments) {
        return ViewalCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
