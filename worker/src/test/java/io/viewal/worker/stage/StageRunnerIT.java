package io.viewal.worker.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ContractJson;
import io.viewal.contract.Owner;
import io.viewal.contract.PrepareParameters;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.SelectParameters;
import io.viewal.contract.SelectParametersBuilder;
import io.viewal.contract.StageProgress;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StageResult;
import io.viewal.contract.StoreLayout;
import io.viewal.contract.StoreLocation;
import io.viewal.contract.TrainParametersBuilder;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.store.DamagedArtifactException;
import io.viewal.worker.store.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commit protocol, with PREPARE of a tiny synthetic data set as the work. */
class StageRunnerIT {

    private static final Owner DATASET = new Owner("MultiViewDataset", "test", "rooms", "0123456789");

    @TempDir
    Path folder;

    private StoreLocation location;
    private ObjectStore store;

    @BeforeEach
    void open() {
        location = new StoreLocation("dir:" + folder.resolve("store"), "", "", "");
        store = ObjectStore.open(location, null);
    }

    private StageRequest request(int frames) {
        PrepareParameters parameters = SyntheticRooms.of(2, frames);
        return RoundRequests.prepare(DATASET, location, parameters, 1);
    }

    private StageRunner runner(boolean stop) {
        return new StageRunner(
                store, folder.resolve("scratch"), (stage, progress) -> {}, () -> stop, Clock.systemUTC());
    }

    @Test
    void anAttemptAfterTheCommitFindsTheResultAndWritesNothing() throws IOException {
        StageResult first = runner(false).run(request(2), 0);
        List<String> before = store.list("test");
        StageResult second = runner(false).run(request(2).withAttempt(2), 0);
        assertThat(second).isEqualTo(first);
        assertThat(second.madeBy()).isEqualTo(DATASET);
        assertThat(store.list("test")).isEqualTo(before);
    }

    @Test
    void twoAttemptsWriteTheSameBytesAndOneCommits() throws IOException {
        StageResult first = runner(false).run(request(2), 0);
        store.delete(request(2).layout().resultKey(0));
        StageResult second = runner(false).run(request(2).withAttempt(2), 0);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.artifacts().get(RoundRequests.DATASET).sha256())
                .isEqualTo(first.artifacts().get(RoundRequests.DATASET).sha256());
        assertThat(second.artifacts().get(RoundRequests.LABELS).sha256())
                .isEqualTo(first.artifacts().get(RoundRequests.LABELS).sha256());
    }

    @Test
    void aStoppedAttemptCommitsNothing() {
        assertThatThrownBy(() -> runner(true).run(request(2), 0)).isInstanceOf(StoppedException.class);
        assertThat(store.read(request(2).layout().resultKey(0))).isEmpty();
    }

    @Test
    void anotherOwnerOfTheSameRequestFindsTheResultAndAnotherRequestHasItsOwn() throws IOException {
        StageResult first = runner(false).run(request(2), 0);
        Owner other = new Owner("MultiViewDataset", "test", "halls", "9876543210");
        StageRequest same = RoundRequests.prepare(
                other, location, (PrepareParameters) request(2).parameters(), 1);
        assertThat(runner(false).run(same, 0)).isEqualTo(first);
        assertThat(runner(false).run(request(3), 0).artifacts()).isNotEqualTo(first.artifacts());
        assertThat(runner(false).run(request(2), 0)).isEqualTo(first);
    }

    @Test
    void attemptsOfTwoOwnersNeverWriteToTheSameFolder() {
        Owner other = new Owner("MultiViewDataset", "test", "rooms", "9876543210");
        StageRequest same = RoundRequests.prepare(
                other, location, (PrepareParameters) request(2).parameters(), 1);
        assertThat(same.digest()).isEqualTo(request(2).digest());
        assertThat(same.layout().attemptPrefix(1))
                .isNotEqualTo(request(2).layout().attemptPrefix(1));
    }

    @Test
    void aReaderSetsADamagedResultAsideOnceAndTheNextAttemptMakesItAgain() throws IOException {
        String resultKey = request(2).layout().resultKey(0);
        StageResult first = runner(false).run(request(2), 0);
        ArtifactRef manifest = first.artifacts().get(RoundRequests.DATASET);
        store.put(manifest.key(), new byte[] {1});
        assertThatThrownBy(() -> runner(false).run(reading(first), 0))
                .isInstanceOf(DamagedArtifactException.class)
                .hasMessageContainingAll(manifest.key(), "set aside");
        assertThat(store.read(resultKey)).isEmpty();
        assertThat(store.list(request(2).layout().resultPrefix()))
                .anyMatch(key -> key.matches(".*/set-aside-[0-9a-f]{16}\\.json"));

        StageResult again = runner(false).run(request(2).withAttempt(2), 0);
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.artifacts().get(RoundRequests.DATASET).sha256()).isEqualTo(manifest.sha256());
        assertThatThrownBy(() -> runner(false).run(reading(first), 0)).isInstanceOf(DamagedArtifactException.class);
        assertThat(runner(false).run(request(2), 0))
                .as("what was made again stays, whoever reads the damaged one")
                .isEqualTo(again);
    }

    @Test
    void aDamagedSceneIsPreparedAgainWithItsDataSet() throws IOException {
        StageResult first = runner(false).run(request(2), 0);
        String scene = store.list("test/scenes").stream()
                .filter(key -> key.endsWith("/cameras.json"))
                .findFirst()
                .orElseThrow();
        byte[] whole = store.read(scene).orElseThrow();
        store.put(scene, new byte[] {1});
        StageRequest request = reading(first);
        ArtifactRef damaged = new ArtifactRef(scene, whole.length, ContractJson.sha256(whole));
        assertThat(new DamagedResults(store, request).setAside(new DamagedArtifactException(damaged, "differs")))
                .isPresent();
        runner(false).run(request(2).withAttempt(2), 0);
        assertThat(store.read(scene)).contains(whole);
    }

    @Test
    void anArtifactThatOnlyTheWayDamagedStays() throws IOException {
        StageResult first = runner(false).run(request(2), 0);
        ArtifactRef whole = first.artifacts().get(RoundRequests.DATASET);
        assertThat(new DamagedResults(store, reading(first)).setAside(new DamagedArtifactException(whole, "differs")))
                .isEmpty();
        assertThat(runner(false).run(request(2), 0)).isEqualTo(first);
    }

    @Test
    void aCheckpointServesWhoeverAsksForTheSame() throws IOException {
        Owner first = new Owner("ActiveLearningRound", "test", "round-0", "0123456789");
        Owner second = new Owner("ActiveLearningRound", "test", "again", "9876543210");
        Path file = Files.writeString(folder.resolve("checkpoint"), "epoch 7");
        new StoredCheckpoints(training(first), store, folder).save(file);
        assertThat(new StoredCheckpoints(training(second), store, folder).latest())
                .hasValueSatisfying(found -> assertThat(found).hasContent("epoch 7"));
    }

    /** A stage that begins with the data set's manifest. */
    private StageRequest reading(StageResult dataset) {
        return new RoundRequests(
                        new Owner("ActiveLearningRound", "test", "round-0", "0123456789"),
                        location,
                        7,
                        dataset,
                        Optional.of(dataset.artifacts().get(RoundRequests.LABELS)))
                .select(
                        SelectParametersBuilder.builder()
                                .budget(new SelectParameters.Budget(1, SelectParameters.Unit.Regions))
                                .build(),
                        List.of());
    }

    private StageRequest training(Owner owner) {
        return new StageRequest(
                StageRequest.VERSION,
                owner,
                1,
                1,
                7,
                location,
                Map.of(),
                TrainParametersBuilder.builder().build());
    }

    @Test
    void saysWhichObjectIsNoResult() {
        store.put(request(2).layout().resultKey(0), "<html>".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> runner(false).run(request(2), 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(request(2).layout().resultKey(0), "delete it");
    }

    @Test
    void clearsAwayCheckpointsAndProgressOfACommittedStageAlsoWhereThatWasBrokenOff() throws IOException {
        StoreLayout layout = request(2).layout();
        List<String> left =
                List.of(layout.checkpointKey(), layout.checkpointsPrefix() + "/a", layout.progressKey(1, 0));
        left.forEach(key -> store.put(key, new byte[1]));
        runner(false).run(request(2), 0);
        assertThat(store.list("test")).doesNotContainAnyElementsOf(left);
        left.forEach(key -> store.put(key, new byte[1]));
        runner(false).run(request(2), 0);
        assertThat(store.list("test")).doesNotContainAnyElementsOf(left);
    }

    @Test
    void refusesAShardThatDoesNotExist() {
        assertThatThrownBy(() -> runner(false).run(request(2), 1)).hasMessageContaining("Shard 1 of 1");
    }

    @Test
    void tellsHowFarItHasCome() throws IOException {
        List<StageProgress> seen = new ArrayList<>();
        new StageRunner(
                        store,
                        folder.resolve("scratch"),
                        (stage, progress) -> {
                            synchronized (seen) {
                                seen.add(progress);
                            }
                        },
                        () -> false,
                        Clock.systemUTC())
                .run(request(2), 0);
        assertThat(seen.getLast().fraction()).isEqualTo(1);
        assertThat(seen.getLast().total()).isEqualTo(4);
    }
}
