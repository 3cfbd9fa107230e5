package io.viewal.worker.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.ContractJson;
import io.viewal.contract.Owner;
import io.viewal.contract.PrepareParameters;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.StageProgress;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StageResult;
import io.viewal.contract.StoreLocation;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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
        PrepareParameters parameters = new PrepareParameters(
                new PrepareParameters.Source(null, null, new PrepareParameters.Synthetic(2, frames, 5), null),
                null,
                null,
                64,
                48,
                null,
                null,
                new PrepareParameters.SeedSet(0, 1, 0),
                null,
                null,
                null,
                null);
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
    void refusesTheResultOfAnotherRequest() throws IOException {
        runner(false).run(request(2), 0);
        assertThatThrownBy(() -> runner(false).run(request(3), 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("another request");
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
        StageProgress stored = ContractJson.read(
                store.read(request(2).layout().progressKey(1, 0)).orElseThrow(), StageProgress.class);
        assertThat(stored.total()).isEqualTo(4);
    }
}
