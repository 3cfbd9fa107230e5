package io.viewal.worker.labeling;

import io.viewal.worker.answer.Answer;
import io.viewal.worker.answer.AnswerLog;
import io.viewal.worker.answer.Answers;
import io.viewal.worker.answer.Given;
import io.viewal.worker.stage.OpenRound;
import io.viewal.worker.stage.OpenScene;
import io.viewal.worker.stage.OpenScene.OpenRegion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hands out regions and takes answers. A region that was handed to a tab is handed to no other for ten minutes after the
 * tab's last sign of life; a tab that asks again gets its own again. Safe for use by several threads.
 */
final class LabelingDesk {

    private static final Duration LEASE = Duration.ofMinutes(10);

    private final OpenRound round;
    private final AnswerLog log;
    private final Answers answers;
    private final Clock clock;
    private final Map<String, Lease> leases = new HashMap<>();

    /** Who has a region, and until when. */
    private record Lease(String session, Instant until) {}

    /**
     * How far the round is.
     *
     * @param answered regions
     * @param enough to go on with
     */
    record Progress(int answered, int regions, boolean enough) {}

    LabelingDesk(OpenRound round, Clock clock) {
        this.round = round;
        this.clock = clock;
        this.log = round.log();
        this.answers = Answers.of(round.asked(), round.manifest(), log.read());
    }

    /** What was answered before and can't count, in a sentence each. */
    List<String> notes() {
        return answers.notes();
    }

    /** The next regions for a tab, those that it has already first. */
    synchronized List<OpenRegion> next(String session, int count) throws IOException {
        Instant now = clock.instant();
        leases.replaceAll((region, lease) -> lease.session().equals(session) ? lease(session) : lease);
        leases.values().removeIf(lease -> now.isAfter(lease.until()));
        List<OpenRegion> next = new ArrayList<>();
        for (String scene : round.scenes()) {
            if (next.size() == count) {
                break;
            }
            if (!hasOpen(scene)) {
                continue;
            }
            for (OpenRegion region : round.scene(scene).regions().values()) {
                if (next.size() < count && open(region.digest()) && takes(session, region.digest())) {
                    leases.put(region.digest(), lease(session));
                    next.add(region);
                }
            }
        }
        return next;
    }

    private boolean hasOpen(String scene) {
        return round.asked().regions().entrySet().stream()
                .anyMatch(region -> region.getValue().scene().equals(scene) && open(region.getKey()));
    }

    private boolean open(String digest) {
        return answers.of(digest).isEmpty();
    }

    private boolean takes(String session, String digest) {
        Lease lease = leases.get(digest);
        return lease == null || lease.session().equals(session);
    }

    private Lease lease(String session) {
        return new Lease(session, clock.instant().plus(LEASE));
    }

    /** A region by its digest, whoever has it. */
    OpenRegion region(String digest) throws IOException {
        return scene(digest).regions().get(digest);
    }

    /** The scene of a region. */
    OpenScene scene(String digest) throws IOException {
        if (!round.asked().regions().containsKey(digest)) {
            throw new RefusedException(
                    RefusedException.NOT_FOUND,
                    "This round does not ask about that region: the page is of another round, load it again");
        }
        return round.scene(round.asked().regions().get(digest).scene());
    }

    /** Takes an answer; one that is taken back is its tab's to answer again. */
    synchronized void add(Answer answer, String session) {
        answers.take(log.add(answer));
        String digest = answer.target().regionDigest();
        if (answer.given() instanceof Given.Withdrawn) {
            leases.put(digest, lease(session));
        } else {
            leases.remove(digest);
        }
    }

    synchronized Progress progress() {
        int answered = answers.answered();
        int regions = round.asked().regions().size();
        boolean enough =
                round.parameters().enough(answered, regions, answers.effort().clicks(), clock.instant());
        return new Progress(answered, regions, enough);
    }

    /** What counts of the answered regions, the newest answer first. */
    synchronized List<Answer> answered(int most) {
        return round.asked().regions().keySet().stream()
                .map(answers::of)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(Answer::at).reversed())
                .limit(most)
                .toList();
    }

    /** Fetches what the regions after these need, so that nobody waits for it. */
    void lookAhead() {
        Thread.ofVirtual().start(() -> {
            try {
                for (String scene : round.scenes()) {
                    round.scene(scene);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
