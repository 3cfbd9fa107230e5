package io.viewal.worker.answer;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.answer.AnswerLog.Entry;
import io.viewal.worker.artifact.AnsweredRegion;
import io.viewal.worker.artifact.Effort;
import io.viewal.worker.artifact.GreyPng;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.VoidLabel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answers to a selection that count: of an annotator's answers to a region the last one, unless they took it back, and of
 * several annotators' the newest. What is foreign counts for nothing and is told of. The work on a region is that of all
 * answers to it, those that others took the place of included.
 */
public final class Answers {

    private static final Comparator<Answer> BY_TIME =
            Comparator.comparing(Answer::at).thenComparing(Answer::annotator).thenComparing(Answer::id);

    private final Asked asked;
    private final DatasetManifest manifest;
    private final Map<String, Map<String, Entry>> last = new HashMap<>();
    private final Map<String, Map<String, Answer>> all = new HashMap<>();
    private final List<String> notes = new ArrayList<>();

    private Answers(Asked asked, DatasetManifest manifest) {
        this.asked = asked;
        this.manifest = manifest;
    }

    /** Sorts out what a log holds. */
    public static Answers of(Asked asked, DatasetManifest manifest, Collection<Entry> log) {
        Answers answers = new Answers(asked, manifest);
        log.forEach(answers::take);
        return answers;
    }

    /** Takes one more entry of the log. */
    public void take(Entry entry) {
        String problem = entry.problem() == null ? problem(entry.answer()) : entry.problem();
        if (problem != null) {
            notes.add("The answer '" + entry.key() + "' " + problem + ": it counts for nothing");
            return;
        }
        Answer answer = entry.answer();
        String region = answer.target().regionDigest();
        all.computeIfAbsent(region, r -> new LinkedHashMap<>()).put(answer.id(), answer);
        last.computeIfAbsent(region, r -> new HashMap<>())
                .merge(answer.annotator(), entry, (a, b) -> a.sequence() > b.sequence() ? a : b);
    }

    /** Why an answer can't count; null when it can. */
    private String problem(Answer answer) {
        SelectionCsv.Row row = asked.regions().get(answer.target().regionDigest());
        if (row == null) {
            return "is of region " + answer.target().region() + " of frame '"
                    + answer.target().frame() + "', which was not asked about";
        }
        return switch (answer.given()) {
            case Given.OneClass one ->
                manifest.classes().contains(one.label())
                        ? null
                        : "names the class '" + one.label() + "', which the data set has not";
            case Given.Painted painted -> problem(painted);
            case Given.Skipped skipped -> null;
            case Given.Withdrawn withdrawn -> null;
        };
    }

    private String problem(Given.Painted painted) {
        byte[] ids;
        try {
            ids = GreyPng.decode(painted.png(), manifest.size(), "its mask");
        } catch (InvalidInputException e) {
            return "can't be used: " + e.getMessage();
        }
        for (byte id : ids) {
            int label = id & 0xff;
            if (label != VoidLabel.ID && !known(label, painted.names().get(label))) {
                return "paints the class " + label + " ('" + painted.names().get(label)
                        + "'), which is another one in the data set";
            }
        }
        return null;
    }

    private boolean known(int id, String name) {
        return id < manifest.classes().size() && manifest.classes().get(id).equals(name);
    }

    /** What counts of a region, by its digest; empty when nobody has answered. */
    public Optional<Answer> of(String region) {
        return last.getOrDefault(region, Map.of()).values().stream()
                .map(Entry::answer)
                .filter(answer -> !(answer.given() instanceof Given.Withdrawn))
                .max(BY_TIME);
    }

    /** The work on a region, by its digest. */
    public Effort effort(String region) {
        return all.getOrDefault(region, Map.of()).values().stream()
                .map(Answer::effort)
                .reduce(Effort.NONE, Effort::plus);
    }

    /** The work on all regions. */
    public Effort effort() {
        return all.keySet().stream().map(this::effort).reduce(Effort.NONE, Effort::plus);
    }

    /** How many regions are answered, skipped ones among them. */
    public int answered() {
        return (int) asked.regions().keySet().stream()
                .filter(region -> of(region).isPresent())
                .count();
    }

    /** How many people gave what counts. */
    public long annotators() {
        return asked.regions().keySet().stream()
                .flatMap(region -> of(region).stream())
                .map(Answer::annotator)
                .distinct()
                .count();
    }

    /** What can't count, and why, in a sentence each. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Where a region's labels are from, by its digest. */
    public Optional<AnsweredRegion> provenance(String region, int round) {
        SelectionCsv.Row row = asked.regions().get(region);
        return of(region)
                .map(answer -> new AnsweredRegion(
                        row.scene(),
                        row.frame(),
                        row.region(),
                        round,
                        answer.annotator(),
                        answer.at(),
                        text(answer.given()),
                        effort(region),
                        answer.target().imageDigest()));
    }

    private static String text(Given given) {
        return switch (given) {
            case Given.OneClass one -> "OneClass " + one.label();
            case Given.Painted painted ->
                "Painted " + String.join(" ", painted.names().values());
            case Given.Skipped skipped -> "Skipped " + skipped.reason();
            case Given.Withdrawn withdrawn -> "Withdrawn";
        };
    }
}
