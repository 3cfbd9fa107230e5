package io.viewal.worker.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.Fact;
import io.viewal.contract.Owner;
import io.viewal.contract.PrepareParameters;
import io.viewal.contract.PrepareParameters.Preflight;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.StageResult;
import io.viewal.contract.StoreLocation;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.check.Damage;
import io.viewal.worker.dataset.check.SceneFolders;
import io.viewal.worker.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightIT {

    private static final Owner OWNER = new Owner("MultiViewDataset", "test", "rooms", "0123456789");

    @TempDir
    Path temp;

    private Path source;
    private Path room;

    @BeforeEach
    void makeARoom() throws IOException {
        source = temp.resolve("source");
        room = SceneFolders.synthetic(source, 6, 1);
    }

    private StageResult prepare(Preflight preflight) throws IOException {
        PrepareParameters parameters = new PrepareParameters(
                new PrepareParameters.Source("dir:" + source, null, null, null),
                null,
                null,
                160,
                120,
                null,
                null,
                new PrepareParameters.SeedSet(0, 1, 0),
                null,
                null,
                preflight,
                null);
        StoreLocation location = new StoreLocation("dir:" + temp.resolve("store"), "", "", "");
        StageRunner runner = new StageRunner(
                ObjectStore.open(location, null),
                temp.resolve("scratch"),
                (stage, progress) -> {},
                () -> false,
                Clock.systemUTC());
        return runner.run(RoundRequests.prepare(OWNER, location, parameters, 1), 0);
    }

    @Test
    void aDataSetWhoseViewsAgreeIsPreparedAndSaysSo() throws IOException {
        assertThat(prepare(null).facts()).containsEntry("preflight", "the views of all 1 scenes agree");
    }

    @Test
    void aDataSetWhoseViewsDoNotAgreeIsNotReadyAndTheMessageHasTheFix() throws IOException {
        Damage.OPENCV_AXES.apply(room);
        assertThatThrownBy(() -> prepare(null))
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.reason()).isEqualTo(Reason.InvalidDataset))
                .hasMessageContaining("room-1-6")
                .hasMessageContaining("negate the 2nd and 3rd column")
                .hasMessageContaining("preflight: Warn");
    }

    @Test
    void aWarningIsAFactOfTheResult() throws IOException {
        Damage.OPENCV_AXES.apply(room);
        assertThat(prepare(Preflight.Warn).facts().get("preflight"))
                .startsWith("1 of 1 scenes are not good")
                .contains("negate the 2nd and 3rd column");
    }

    @Test
    void framesThatNoOtherFrameOverlapsAreToldOfAndNotRefused() throws IOException {
        Damage.FRAMES_FAR_APART.apply(room);
        assertThat(prepare(Preflight.Fail).facts().get("preflight")).contains("see nothing that another frame sees");
    }

    @Test
    void nothingIsComparedWhenTheCheckIsOff() throws IOException {
        Damage.OPENCV_AXES.apply(room);
        assertThat(prepare(Preflight.Off).facts()).doesNotContainKey(Fact.PREFLIGHT);
    }
}
