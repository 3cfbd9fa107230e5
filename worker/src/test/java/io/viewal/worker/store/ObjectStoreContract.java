package io.viewal.worker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store must do. */
abstract class ObjectStoreContract {

    @TempDir
    Path folder;

    abstract ObjectStore store();

    @Test
    void readsBackWhatWasPutAndNothingWhereNothingIs() {
        store().put("a/b/c.json", bytes("one"));
        store().put("a/b/c.json", bytes("two"));
        assertThat(store().read("a/b/c.json")).hasValue(bytes("two"));
        assertThat(store().read("a/b/absent")).isEmpty();
    }

    @Test
    void exactlyOneOfManyWritersCommits() throws Exception {
        try (var executor = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> writers = new java.util.ArrayList<>();
            for (int i = 0; i < 8; i++) {
                byte[] content = bytes("writer " + i);
                writers.add(() -> store().putIfAbsent("race/result.json", content));
            }
            int winners = 0;
            for (Future<Boolean> writer : executor.invokeAll(writers)) {
                winners += writer.get() ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        }
        assertThat(store().putIfAbsent("race/result.json", bytes("late"))).isFalse();
        assertThat(store().read("race/result.json").map(String::new).orElseThrow())
                .startsWith("writer");
    }

    @Test
    void listsByFolderAndForgetsWhatIsDeleted() {
        store().put("list/x/2", bytes("2"));
        store().put("list/x/1", bytes("1"));
        store().put("list/xy", bytes("beside"));
        assertThat(store().list("list/x")).containsExactly("list/x/1", "list/x/2");
        store().delete("list/x/1");
        store().delete("list/x/1");
        assertThat(store().list("list/x")).containsExactly("list/x/2");
        assertThat(store().list("nowhere")).isEmpty();
        assertThat(store().folders("nowhere")).isEmpty();
    }

    @Test
    void refusesAnArtifactThatIsNotWhatWasCommitted() throws IOException {
        Path file = Files.write(folder.resolve("file"), bytes("content"));
        ArtifactRef ref = store().putArtifact("artifacts/file", file);
        store().fetch(ref, folder.resolve("copy"));
        assertThat(folder.resolve("copy")).hasContent("content");

        store().put("artifacts/file", bytes("changed"));
        assertThatThrownBy(() -> store().fetch(ref, folder.resolve("other")))
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CorruptArtifact))
                .hasMessageContaining("artifacts/file");
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void keysNeverLeaveTheStore() {
        assertThatThrownBy(() -> store().put("../outside", bytes("x"))).hasMessageContaining("..");
        assertThatThrownBy(() -> store().read("/etc/passwd")).hasMessageContaining("segment");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void listsMoreThanAPageAndFoldersWithoutTheirContent() {
        for (int i = 0; i < 1100; i++) {
            store().put("many/%c/%04d".formatted('a' + i % 3, i), new byte[0]);
        }
        store().put("many/file", new byte[0]);
        assertThat(store().list("many")).hasSize(1101).isSorted().startsWith("many/a/0000");
        assertThat(store().folders("many")).containsExactly("a", "b", "c");
    }
}
