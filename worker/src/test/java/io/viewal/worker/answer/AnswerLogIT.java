package io.viewal.worker.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.ContractJson;
import io.viewal.contract.StoreLocation;
import io.viewal.worker.answer.AnswerLog.Entry;
import io.viewal.worker.artifact.AnsweredRegion;
import io.viewal.worker.artifact.Effort;
import io.viewal.worker.artifact.GreyPng;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.DatasetManifest.FileEntry;
import io.viewal.worker.dataset.DatasetManifest.SceneEntry;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Region;
import io.viewal.worker.dataset.Split;
import io.viewal.worker.store.ObjectStore;
import io.viewal.worker.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers in a store, and which of them count. */
class AnswerLogIT {

    private static final ImageSize SIZE = new ImageSize(3, 2);
    private static final Instant NOON = Instant.parse("2027-01-31T12:00:00Z");
    private static final String PREFIX = "local/answers/0123";

    private static final DatasetManifest ROOMS = new DatasetManifest(
            1,
            List.of("bed", "chair"),
            SIZE.width(),
            SIZE.height(),
            List.of(new SceneEntry(
                    "room",
                    Split.TRAIN,
                    2,
                    Map.of("color", new FileEntry("c", 1, "c0"), "superpixels", new FileEntry("s", 1, "s0")))),
            List.of());

    private static final Asked ASKED = Asked.of(ROOMS, List.of(row(0, "0001", 4), row(1, "0002", 7)));
    private static final String FIRST = ASKED.regions().keySet().iterator().next();

    @TempDir
    Path temp;

    private ObjectStore store;

    @BeforeEach
    void open() {
        store = ObjectStore.open(new StoreLocation("dir:" + temp, "", "", ""), null);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static SelectionCsv.Row row(int rank, String frame, int superpixel) {
        return new SelectionCsv.Row(rank, "room", frame, new Region.Superpixel(superpixel), 2, 1.5, Double.NaN);
    }

    private static Answer answer(String id, String annotator, int minute, Given given) {
        return answer(id, annotator, minute, given, FIRST);
    }

    private static Answer answer(String id, String annotator, int minute, Given given, String region) {
        return new Answer(
                id,
                annotator,
                NOON.plusSeconds(60L * minute),
                new Effort(1, 2.5),
                new Answer.Target("room", "0001", "4", region, "i0"),
                given);
    }

    private AnswerLog log() {
        return new AnswerLog(store, PREFIX);
    }

    private Answers answers() {
        return Answers.of(ASKED, ROOMS, log().read());
    }

    private static Given.OneClass one(String label) {
        return new Given.OneClass(label);
    }

    @Test
    void anotherLogReadsWhatOneAdded() {
        log().add(answer("a", "Ada", 0, one("chair")));
        assertThat(answers().of(FIRST)).hasValue(answer("a", "Ada", 0, one("chair")));
        assertThat(answers().answered()).isEqualTo(1);
        assertThat(answers().provenance(FIRST, 3))
                .hasValue(new AnsweredRegion(
                        "room",
                        "0001",
                        new Region.Superpixel(4),
                        3,
                        "Ada",
                        NOON,
                        "OneClass chair",
                        new Effort(1, 2.5),
                        "i0"));
    }

    @Test
    void ofTwoWritersNoneLosesAnAnswerAndTheNewestCounts() {
        AnswerLog first = log();
        AnswerLog second = log();
        first.add(answer("a", "Ada", 0, one("chair")));
        Entry added = second.add(answer("b", "Ada", 1, one("bed")));
        assertThat(added.sequence()).isEqualTo(2);
        second.add(answer("c", "Ben", 2, one("chair")));
        assertThat(first.read()).extracting(entry -> entry.answer().id()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(answers().of(FIRST).orElseThrow().id()).isEqualTo("c");
        assertThat(answers().effort(FIRST)).isEqualTo(new Effort(3, 7.5));
    }

    @Test
    void anAnswerThatIsSentTwiceIsThereOnce() {
        log().add(answer("a", "Ada", 0, one("chair")));
        log().add(answer("a", "Ada", 0, one("chair")));
        assertThat(store.list(PREFIX)).hasSize(1);
        assertThat(answers().effort(FIRST)).isEqualTo(new Effort(1, 2.5));
    }

    /** The store took the answer, and the writer died before it knew. */
    @Test
    void anAnswerIsSafeWhenItsWriterDiesBetweenTheStoreAndTheReply() {
        ObjectStore dying = (ObjectStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(store, arguments);
                        if (method.getName().equals("putIfAbsent")) {
                            throw new StoreUnavailableException("killed", null);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        AnswerLog interrupted = new AnswerLog(dying, PREFIX);
        assertThatThrownBy(() -> interrupted.add(answer("a", "Ada", 0, one("chair"))))
                .isInstanceOf(StoreUnavailableException.class);
        log().add(answer("a", "Ada", 0, one("chair")));
        assertThat(log().read())
                .singleElement()
                .satisfies(entry -> assertThat(entry.sequence()).isEqualTo(1));
    }

    @Test
    void whatIsTakenBackDoesNotCountButItsWorkDoes() {
        AnswerLog log = log();
        log.add(answer("a", "Ada", 0, one("chair")));
        log.add(answer("b", "Ada", 1, new Given.Withdrawn()));
        assertThat(answers().of(FIRST)).isEmpty();
        assertThat(answers().answered()).isZero();
        assertThat(answers().effort(FIRST).seconds()).isEqualTo(5);
        // Of one annotator the number counts and not the clock, which may be wrong.
        log.add(answer("c", "Ada", -9, one("bed")));
        assertThat(answers().of(FIRST).orElseThrow().id()).isEqualTo("c");
    }

    @Test
    void whatIsForeignCountsForNothingAndIsToldOf() {
        AnswerLog log = log();
        log.add(answer("a", "Ada", 0, one("sofa")));
        log.add(answer("b", "Ben", 0, one("chair"), "f".repeat(64)));
        byte[] large = GreyPng.encode(new byte[12], new ImageSize(4, 3));
        log.add(answer("c", "Cem", 0, new Given.Painted(large, Map.of(0, "bed"))));
        byte[] mask = GreyPng.encode(new byte[] {1, 1, 1, -1, -1, -1}, SIZE);
        log.add(answer("d", "Dee", 0, new Given.Painted(mask, Map.of(1, "table"))));
        store.put(PREFIX + "/0000000000000000/0000000000000000-00001.json", "{".getBytes(StandardCharsets.UTF_8));
        store.put(PREFIX + "/notes.txt", "hello".getBytes(StandardCharsets.UTF_8));
        byte[] later = ContractJson.toBytes(new Answer(
                2, "e", "Eve", NOON, Effort.NONE, answer("", "", 0, one("bed")).target(), one("bed")));
        store.put(PREFIX + "/0000000000000000/0000000000000000-00002.json", later);

        assertThat(answers().answered()).isZero();
        assertThat(answers().notes())
                .hasSize(7)
                .allSatisfy(note -> assertThat(note).endsWith("it counts for nothing"))
                .anySatisfy(note -> assertThat(note).contains("the class 'sofa', which the data set has not"))
                .anySatisfy(note -> assertThat(note).contains("which was not asked about"))
                .anySatisfy(note -> assertThat(note).contains("its mask is not an 8-bit grey PNG of 3 x 2"))
                .anySatisfy(note -> assertThat(note).contains("class 1 ('table'), which is another one"))
                .anySatisfy(note -> assertThat(note).contains("00001.json' is no answer"))
                .anySatisfy(note -> assertThat(note).contains("notes.txt' has a name that no answer has"))
                .anySatisfy(note -> assertThat(note).contains("of version 2"));
    }

    @Test
    void aSelectionIsKnownByItsContentNotByItsOrderOrScores() {
        Asked again = Asked.of(ROOMS, List.of(row(0, "0002", 7), row(1, "0001", 4)));
        assertThat(again.digest()).isEqualTo(ASKED.digest());
        assertThat(Asked.of(ROOMS, List.of(row(0, "0001", 4))).digest()).isNotEqualTo(ASKED.digest());
    }
}
