package io.viewal.worker.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ExperimentRequests;
import io.viewal.contract.Fact;
import io.viewal.contract.Metric;
import io.viewal.contract.ReportParametersBuilder;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StageResult;
import io.viewal.contract.StoreLocation;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.report.ExperimentWriter;
import io.viewal.worker.store.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportStageIT {

    @TempDir
    Path temp;

    private StoreLocation location;
    private ObjectStore store;

    @BeforeEach
    void open() {
        location = new StoreLocation("dir:" + temp.resolve("store"), "", "", "");
        store = ObjectStore.open(location, null);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private ArtifactRef write(int rounds) {
        return new ExperimentWriter(store, location, 3, 30).write(3, 2, rounds);
    }

    private StageResult report(ArtifactRef record) throws IOException {
        StageRequest request = new ExperimentRequests(ExperimentWriter.OWNER, location)
                .report(ReportParametersBuilder.builder().resamples(200).build(), record);
        return new StageRunner(store, temp.resolve("scratch"), (stage, progress) -> {}, () -> false, Clock.systemUTC())
                .run(request, 0);
    }

    @Test
    void readsWhatTheRoundsCommittedAndCommitsTheReport() throws IOException {
        StageResult result = report(write(3));
        assertThat(result.artifacts())
                .containsKeys(ExperimentRequests.PAGE, ExperimentRequests.TABLE, ExperimentRequests.SUMMARY)
                .containsKey("figures/learning-labeledFraction.svg");
        assertThat(result.facts()).containsEntry(Fact.BEST_ARM, "arm-2");
        assertThat(result.metrics()).containsKey(Metric.BEST_SCORE);
        String table =
                new String(store.fetch(result.artifacts().get(ExperimentRequests.TABLE)), StandardCharsets.UTF_8);
        // What a model was trained on are the labels of the round before it: of the first, the data set's.
        assertThat(table.lines().filter(line -> line.contains("rooms-control-s0-")))
                .satisfiesExactly(
                        first -> assertThat(first).contains("gpu 0,0.01,1000000.0,1000.0,3000.0,0.3,0.6,0.3,"),
                        second -> assertThat(second).contains("gpu 0,0.02,2000000.0,2000.0,6000.0,0.31,"),
                        third -> assertThat(third)
                                .contains("gpu 0,0.03,")
                                // 30 regions of 120 pixels in 20 scenes; a GPU trains, two score.
                                .contains(",30.0,3600.0,30.0,20.0,0.6,1000.0,10.0,10.0,10.0,10.0,10.0,20.0,"));
    }

    @Test
    void whatRetentionHasRemovedIsNotKnownAndNothingElseIsMissed() throws IOException {
        ArtifactRef record = write(2);
        List.of("metrics.json", "selection.csv").forEach(file -> store.delete("local/rooms-arm-1-s0-r1/" + file));
        String table = new String(
                store.fetch(report(record).artifacts().get(ExperimentRequests.TABLE)), StandardCharsets.UTF_8);
        assertThat(table.lines().filter(line -> line.contains("rooms-arm-1-s0-r1")))
                .singleElement()
                .asString()
                .contains("gpu 0,0.02,2000000.0,2000.0,6000.0,0.313,")
                .contains(",,,,,0.6,1000.0,");
    }

    @Test
    void aResultThatIsNotWhatTheRecordSaysIsNamed() {
        ArtifactRef record = write(2);
        store.put("local/rooms-arm-1-s0-r1/train-result.json", new byte[] {1});
        assertThatThrownBy(() -> report(record))
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CorruptArtifact))
                .hasMessageContaining("rooms-arm-1-s0-r1/train-result.json");
    }

    @Test
    void aDamagedArtifactIsNamedAndNotPassedOver() {
        ArtifactRef record = write(2);
        store.put("local/rooms-arm-1-s0-r1/metrics.json", new byte[] {1});
        assertThatThrownBy(() -> report(record)).hasMessageContaining("rooms-arm-1-s0-r1/metrics.json");
    }

    @Test
    void theNewestRecordOfAnExperimentIsFoundByItsName() {
        ExperimentRecords records = new ExperimentRecords(store, ExperimentRequests.folder("", "local"));
        assertThatThrownBy(() -> records.newest("rooms")).hasMessageContainingAll("'rooms'", "nor of any other one");
        write(9);
        ArtifactRef newest = write(11);
        assertThat(records.newest("rooms")).isEqualTo(newest);
        assertThat(records.newest("rooms-0a1b2c3d")).isEqualTo(newest);
        assertThatThrownBy(() -> records.newest("room")).hasMessageContaining("only of [rooms-0a1b2c3d]");
        store.put("local/experiments/rooms-99999999/rounds-00000001-x.json", new byte[0]);
        assertThatThrownBy(() -> records.newest("rooms")).hasMessageContaining("several experiments 'rooms'");
    }
}
