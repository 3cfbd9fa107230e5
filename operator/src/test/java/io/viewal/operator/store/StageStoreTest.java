package io.viewal.operator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ContractJson;
import io.viewal.contract.Owner;
import io.viewal.contract.Stage;
import io.viewal.contract.StageProgress;
import io.viewal.contract.StageResult;
import io.viewal.contract.StoreLayout;
import io.viewal.operator.condition.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StageStoreTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Owner ROUND = new Owner("ActiveLearningRound", "demo", "round-0", "uid");
    private static final String DIGEST = "d".repeat(64);
    private static final StoreLayout TWO_SHARDS = new StoreLayout("runs", ROUND, Stage.SCORE, DIGEST, 2);

    private static final class Memory implements ObjectStore {

        private final Map<String, byte[]> objects = new HashMap<>();
        private final List<String> written = new ArrayList<>();
        private boolean conditional = true;
        private StoreException problem;
        private int reads;

        @Override
        public Optional<byte[]> get(String key, int maxBytes) {
            reads++;
            if (problem != null) {
                throw problem;
            }
            return Optional.ofNullable(objects.get(key))
                    .map(all -> Arrays.copyOf(all, Math.min(all.length, maxBytes + 1)));
        }

        @Override
        public Optional<Head> head(String key) {
            return Optional.ofNullable(objects.get(key)).map(all -> new Head(all.length, ContractJson.sha256(all)));
        }

        @Override
        public byte[] part(String key, Head head, long offset, int length) {
            reads++;
            return Arrays.copyOfRange(objects.get(key), (int) offset, (int) offset + length);
        }

        @Override
        public void put(String key, byte[] content) {
            written.add(key);
            objects.put(key, content);
        }

        @Override
        public boolean putIfAbsent(String key, byte[] content) {
            if (conditional && objects.containsKey(key)) {
                return false;
            }
            objects.put(key, content);
            return true;
        }

        @Override
        public List<String> list(String folder) {
            return objects.keySet().stream()
                    .filter(key -> key.startsWith(folder + "/"))
                    .sorted()
                    .toList();
        }

        @Override
        public void delete(String key) {
            objects.remove(key);
        }
    }

    private static final class TickingClock extends Clock {

        private Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    private final Memory memory = new Memory();
    private final TickingClock clock = new TickingClock();
    private final StageStore store = new StageStore(
            new StoreReference("http://store", "viewal", "runs", "", "viewal-store"),
            "demo",
            memory,
            new Breaker("http://store", clock),
            new HashMap<>(),
            clock);

    private static StageResult result(int shard) {
        return new StageResult(1, Stage.SCORE, shard, 2, ROUND, 1, DIGEST, Map.of(), Map.of(), Map.of(), Map.of());
    }

    @Test
    void refusesAStoreThatIgnoresTheCondition() {
        memory.conditional = false;
        assertThatThrownBy(store::probe)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.StoreNotConditional))
                .hasMessageContaining("If-None-Match");
    }

    @Test
    void acceptsAStoreThatHonoursTheCondition() {
        store.probe();
    }

    @Test
    void probesWithinTheNamespaceAndLeavesNothingBehind() {
        store.probe();
        assertThat(memory.written).isNotEmpty().allMatch(key -> key.startsWith("runs/demo/"));
        assertThat(memory.objects).isEmpty();
        memory.conditional = false;
        clock.now = NOW.plusSeconds(3600);
        assertThatThrownBy(store::probe);
        assertThat(memory.objects).isEmpty();
    }

    @Test
    void probesAgainSomeTimeAfterAProblem() {
        memory.problem = new StoreException(Reason.BucketNotFound, "no bucket");
        assertThatThrownBy(store::probe).hasMessage("no bucket");
        memory.problem = null;
        assertThatThrownBy(store::probe).as("at once").hasMessage("no bucket");
        clock.now = NOW.plusSeconds(6);
        store.probe();
    }

    @Test
    void readsALargeObjectInPartsAndOnlyOnceToKnowItsDigest() {
        byte[] weights = new byte[(9 << 20) + 1];
        weights[weights.length - 1] = 7;
        memory.put("weights/w", weights);
        ArtifactRef known = new ArtifactRef("weights/w", weights.length, ContractJson.sha256(weights));
        assertThat(store.identify("weights/w")).contains(known);
        assertThat(memory.reads).isEqualTo(3);
        assertThat(store.identify("weights/w")).contains(known);
        assertThat(memory.reads).isEqualTo(3);
        memory.put("weights/w", new byte[] {1});
        assertThat(store.identify("weights/w").orElseThrow().sha256()).isEqualTo(ContractJson.sha256(new byte[] {1}));
        assertThat(store.identify("weights/none")).isEmpty();
    }

    @Test
    void saysWhoUsesAResult() {
        store.refer(ROUND, Stage.SCORE, DIGEST);
        store.refer(ROUND, new ArtifactRef("runs/demo/results/train/" + DIGEST + "/round-9-uid9-1/model", 1, "ab"));
        store.refer(ROUND, new ArtifactRef("weights/w", 1, "ab"));
        assertThat(memory.objects)
                .containsOnlyKeys(
                        TWO_SHARDS.referenceKey(), "runs/demo/results/train/" + DIGEST + "/references/round-0-uid");
    }

    @Test
    void deletesAResultWithTheLastWhoUsesIt() {
        Owner other = new Owner("ActiveLearningRound", "demo", "other", "uid-of-the-other");
        String result = TWO_SHARDS.resultPrefix();
        memory.put(TWO_SHARDS.resultKey(0), ContractJson.toBytes(result(0)));
        memory.put(TWO_SHARDS.resultKey(1), ContractJson.toBytes(result(1)));
        memory.put(TWO_SHARDS.attemptPrefix(1) + "/scores", new byte[1]);
        memory.put(result + "0/result.json", new byte[1]);
        store.refer(ROUND, Stage.SCORE, DIGEST);
        store.refer(other, Stage.SCORE, DIGEST);
        assertThat(store.results(TWO_SHARDS)).isPresent();

        store.release(ROUND, result);
        assertThat(memory.objects).containsKey(StoreLayout.referenceKey(result, other));
        assertThat(store.results(TWO_SHARDS)).isPresent();
        store.release(other, result);
        assertThat(memory.objects).containsOnlyKeys(result + "0/result.json");
        assertThat(store.results(TWO_SHARDS)).isEmpty();
    }

    @Test
    void readsAResultAnewThatWasFoundDamaged() {
        memory.put(TWO_SHARDS.resultKey(0), ContractJson.toBytes(result(0)));
        memory.put(TWO_SHARDS.resultKey(1), ContractJson.toBytes(result(1)));
        assertThat(store.results(TWO_SHARDS)).isPresent();
        memory.objects.remove(TWO_SHARDS.resultKey(1));
        assertThat(store.results(TWO_SHARDS)).as("what is committed stays").isPresent();
        store.forget(TWO_SHARDS);
        assertThat(store.results(TWO_SHARDS)).isEmpty();
    }

    @Test
    void refusesTheResultOfAnotherRequest() {
        StoreLayout other = new StoreLayout("runs", ROUND, Stage.SCORE, "e".repeat(64), 2);
        memory.put(other.resultKey(0), ContractJson.toBytes(result(0)));
        assertThatThrownBy(() -> store.results(other)).hasMessageContainingAll("of another request", "delete it");
    }

    @Test
    void asksAStoreThatIsAwayNowAndThenAndOnce() {
        memory.problem = new StoreException(Reason.StoreUnavailable, "away");
        for (int turn = 0; turn < 10; turn++) {
            assertThatThrownBy(() -> store.results(TWO_SHARDS)).hasMessage("away");
        }
        assertThat(memory.reads).isEqualTo(2);
        clock.now = NOW.plusSeconds(6);
        for (int turn = 0; turn < 10; turn++) {
            assertThatThrownBy(store::probe).hasMessage("away");
        }
        assertThat(memory.reads).isEqualTo(3);
        memory.problem = null;
        clock.now = NOW.plusSeconds(12);
        assertThat(store.results(TWO_SHARDS)).isEmpty();
        assertThat(store.backSince()).isEqualTo(clock.now);
    }

    @Test
    void isNotDoneWhileAShardIsMissing() {
        memory.put(TWO_SHARDS.resultKey(0), ContractJson.toBytes(result(0)));
        assertThat(store.results(TWO_SHARDS)).isEmpty();
        memory.put(TWO_SHARDS.resultKey(1), ContractJson.toBytes(result(1)));
        assertThat(store.results(TWO_SHARDS))
                .hasValueSatisfying(results -> assertThat(results).containsExactly(result(0), result(1)));
    }

    @Test
    void readsACommittedResultOnce() {
        memory.put(TWO_SHARDS.resultKey(0), ContractJson.toBytes(result(0)));
        memory.put(TWO_SHARDS.resultKey(1), ContractJson.toBytes(result(1)));
        store.results(TWO_SHARDS);
        store.results(TWO_SHARDS);
        assertThat(memory.reads).isEqualTo(2);
    }

    @Test
    void namesAResultThatCannotBeRead() {
        memory.put(TWO_SHARDS.resultKey(0), "<html>".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> store.results(TWO_SHARDS))
                .hasMessageContaining("s3://viewal/" + TWO_SHARDS.resultKey(0));
    }

    @Test
    void readsTheProgressOfThoseShardsThatReport() {
        StageProgress progress = new StageProgress(1, 4, "frames", "", NOW);
        memory.put(TWO_SHARDS.progressKey(2, 1), ContractJson.toBytes(progress));
        assertThat(store.progress(TWO_SHARDS, 2)).containsExactly(progress);
        assertThat(store.progress(TWO_SHARDS, 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"inputs", "artifacts", "metrics", "facts", "stage", "requestDigest"})
    void namesWhatAResultLacks(String part) {
        for (boolean absent : new boolean[] {true, false}) {
            ObjectNode json = ContractJson.mapper().valueToTree(result(0));
            if (absent) {
                json.remove(part);
            } else {
                json.putNull(part);
            }
            memory.put(TWO_SHARDS.resultKey(0), ContractJson.toBytes(json));
            assertThatThrownBy(() -> store.results(TWO_SHARDS))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CorruptArtifact))
                    .hasMessageContaining("'" + part + "' is missing")
                    .hasMessageContaining("delete it");
        }
    }

    @Test
    void namesANullAmongTheFigures() {
        ObjectNode json = ContractJson.mapper().valueToTree(result(0));
        json.putObject("metrics").putNull("loss");
        memory.put(TWO_SHARDS.resultKey(0), ContractJson.toBytes(json));
        assertThatThrownBy(() -> store.results(TWO_SHARDS)).hasMessageContaining("'metrics.loss' is missing");
    }

    @Test
    void doesNotTakeInAResultThatIsTooLarge() {
        ObjectNode json = ContractJson.mapper().valueToTree(result(0));
        json.putObject("facts").put("device", "x".repeat(4 << 20));
        memory.put(TWO_SHARDS.resultKey(0), ContractJson.toBytes(json));
        assertThatThrownBy(() -> store.results(TWO_SHARDS)).hasMessageContaining("more than 64 KiB");
    }

    @Test
    void passesOverAFieldOfALaterRelease() {
        ObjectNode json = ContractJson.mapper().valueToTree(result(0));
        json.put("later", "field");
        memory.put(TWO_SHARDS.resultKey(0), ContractJson.toBytes(json));
        memory.put(TWO_SHARDS.resultKey(1), ContractJson.toBytes(result(1)));
        assertThat(store.results(TWO_SHARDS)).isPresent();
    }

    @Test
    void goesOnWithoutProgressThatCannotBeRead() {
        memory.put(TWO_SHARDS.progressKey(1, 0), "{\"done\": \"all\"}".getBytes(StandardCharsets.UTF_8));
        memory.put(TWO_SHARDS.progressKey(1, 1), new byte[1 << 20]);
        assertThat(store.progress(TWO_SHARDS, 1)).isEmpty();
    }
}
