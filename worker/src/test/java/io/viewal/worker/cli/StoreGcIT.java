package io.viewal.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.contract.ContractJson;
import io.viewal.contract.ExitCode;
import io.viewal.contract.Owner;
import io.viewal.contract.PrepareParameters;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StoreLocation;
import io.viewal.worker.stage.StageRunner;
import io.viewal.worker.stage.SyntheticRooms;
import io.viewal.worker.store.ObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code store gc} on a store with two prepared data sets that share a scene. */
class StoreGcIT {

    private final StringWriter out = new StringWriter();

    @TempDir
    Path temp;

    private ObjectStore store;

    @BeforeEach
    void prepare() throws IOException {
        StoreLocation location = new StoreLocation("dir:" + temp.resolve("store"), "", "", "");
        store = ObjectStore.open(location, null);
        StageRunner runner = new StageRunner(
                store, temp.resolve("scratch"), (stage, progress) -> {}, () -> false, Clock.systemUTC());
        for (int scenes = 1; scenes <= 2; scenes++) {
            StageRequest request = RoundRequests.prepare(owner(scenes), location, rooms(scenes), 1);
            runner.run(request, 0);
            store.put(request.layout().referenceKey(), ContractJson.toBytes(request.owner()));
            store.put(request.layout().attemptPrefix(2) + "/manifest.json", new byte[3]);
        }
        age(Duration.ofDays(2));
    }

    private static Owner owner(int scenes) {
        return new Owner("MultiViewDataset", "lab", "rooms-" + scenes, scenes + "123456789");
    }

    private static PrepareParameters rooms(int scenes) {
        return SyntheticRooms.of(scenes, 2);
    }

    /** As if all objects had been written so long ago. */
    private void age(Duration age) throws IOException {
        try (Stream<Path> files = Files.walk(temp.resolve("store"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
            }
        }
    }

    private int gc(String... more) {
        return ViewalCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(Stream.concat(
                                Stream.of("store", "gc", "--store", "dir:" + temp.resolve("store")),
                                Arrays.stream(more))
                        .toArray(String[]::new));
    }

    private List<String> keys() {
        return store.list("lab");
    }

    private long folders(String pattern) {
        return keys().stream()
                .map(key -> key.replaceFirst("(lab/" + pattern + ")/.*", "$1"))
                .filter(folder -> folder.matches("lab/" + pattern))
                .distinct()
                .count();
    }

    @Test
    void deletesWhatFailedAttemptsLeftAndKeepsWhatSomebodyUses() {
        List<String> before = keys();
        assertThat(gc("--dry-run")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("lab: 2 objects, 0.0 MB, would be deleted");
        assertThat(keys()).isEqualTo(before);
        assertThat(gc()).isEqualTo(ExitCode.OK);
        assertThat(keys())
                .containsExactlyElementsOf(before.stream()
                        .filter(key -> !key.contains("-2/manifest.json"))
                        .toList());
    }

    @Test
    void deletesWhatOfGoneOwnersAloneWasAndKeepsTheSceneThatAnotherNames() throws IOException {
        Path live = Files.writeString(
                temp.resolve("live.json"), "{\"items\": [{\"metadata\": {\"uid\": \"" + owner(1).uid() + "\"}}]}");
        long scenes = folders("scenes/[^/]+");
        assertThat(gc("--namespace", "lab", "--live", live.toString()))
                .as(out::toString)
                .isEqualTo(ExitCode.OK);
        assertThat(keys()).noneMatch(key -> key.contains("rooms-2"));
        assertThat(folders("scenes/[^/]+")).isEqualTo(scenes - 1);
        assertThat(folders("results/prepare/[^/]+")).isEqualTo(1);
    }

    @Test
    void leavesAloneWhatWasChangedLately() throws IOException {
        for (String key : keys()) {
            if (key.contains("/references/")) {
                store.delete(key);
            }
        }
        List<String> before = keys();
        age(Duration.ofHours(2));
        assertThat(gc("--grace-hours", "3")).isEqualTo(ExitCode.OK);
        assertThat(keys()).isEqualTo(before);
        assertThat(gc("--grace-hours", "1")).isEqualTo(ExitCode.OK);
        assertThat(keys()).isEmpty();
    }

    @Test
    void keepsScenesOfADataSetThatIsStillBeingPrepared() throws IOException {
        for (String key : keys()) {
            if (key.endsWith("/result.json")) {
                store.delete(key);
            }
        }
        List<String> before = keys();
        age(Duration.ofDays(2));
        assertThat(gc()).isEqualTo(ExitCode.OK);
        assertThat(keys()).isEqualTo(before);
    }

    @Test
    void saysWhatItNeedsToKnowWhoIsThere() throws IOException {
        Path live = Files.writeString(temp.resolve("live.json"), "{}");
        assertThat(gc("--live", live.toString())).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(out.toString()).contains("--namespace");
        assertThat(gc("--live", live.toString(), "--namespace", "lab")).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(out.toString()).contains("kubectl get alr,mvd,ale -n NAMESPACE -o json");
    }
}
