package io.viewal.worker.stage;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.Effort;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.artifact.LabeledRegion;
import io.viewal.worker.artifact.RegionNamesCsv;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.artifact.SkippedRegion;
import io.viewal.worker.dataset.DatasetManifest.SceneEntry;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.Split;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.oracle.Oracle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Puts the chosen regions to the oracle, in the order of choice as far as the clicks go. */
final class RegionLabeling {

    private final StageContext context;
    private final PreparedDataset dataset;
    private final LabelSet labels;
    private final Oracle oracle;
    private final Set<RegionNamesCsv.Row> skippedBefore = new HashSet<>();
    private boolean truth;

    /**
     * @param labels before the round
     */
    RegionLabeling(StageContext context, PreparedDataset dataset, LabelSet labels, Oracle oracle) {
        this.context = context;
        this.dataset = dataset;
        this.labels = labels;
        this.oracle = oracle;
        labels.skipped().forEach(region -> skippedBefore.add(region.name()));
    }

    /**
     * What became of a selection, each list in the order of choice.
     *
     * @param labeled by the oracle
     * @param skipped as the oracle could not label them: back in the pool, behind all others
     * @param returned to the pool, as the clicks were spent or nobody answered
     */
    record Outcome(List<SelectionCsv.Row> labeled, List<SelectionCsv.Row> skipped, List<SelectionCsv.Row> returned) {

        /** What the oracle was asked about. */
        List<SelectionCsv.Row> asked() {
            return Stream.concat(labeled.stream(), skipped.stream())
                    .sorted(Comparator.comparingInt(SelectionCsv.Row::rank))
                    .toList();
        }
    }

    /** What is done with the chosen regions of a frame. */
    private interface FrameWork {
        void accept(OracleFrame frame, List<SelectionCsv.Row> rows);
    }

    /**
     * Labels a selection by ground truth, as far as the clicks go.
     *
     * @param clicks that may be spent; empty for any number
     * @throws InvalidInputException when nothing that is left can be labeled
     */
    Outcome label(List<SelectionCsv.Row> selection, OptionalDouble clicks) throws IOException {
        int paid = clicks.isPresent() ? paid(selection, clicks.getAsDouble()) : selection.size();
        Outcome outcome = label(selection.subList(0, paid), selection.subList(paid, selection.size()));
        requireAnswers(outcome.asked(), Set.copyOf(outcome.skipped()));
        return outcome;
    }

    /**
     * Labels regions, adds them to the label set, and notes those that can't be labeled.
     *
     * @param returned to the pool unasked
     */
    Outcome label(List<SelectionCsv.Row> asked, List<SelectionCsv.Row> returned) throws IOException {
        int round = labels.round() + 1;
        Set<SelectionCsv.Row> skipped = new HashSet<>();
        eachFrame(asked, "labeling", (frame, rows) -> {
            List<LabeledRegion> regions = new ArrayList<>();
            for (SelectionCsv.Row row : rows) {
                frame.ask(row, round).ifPresentOrElse(regions::add, () -> skipped.add(row));
            }
            if (!regions.isEmpty()) {
                labels.add(regions, frame.key(), frame.labels());
            }
        });
        skipped.forEach(row -> labels.skip(new SkippedRegion(row.scene(), row.frame(), row.region(), round)));
        return new Outcome(
                asked.stream().filter(row -> !skipped.contains(row)).toList(),
                asked.stream().filter(skipped::contains).toList(),
                returned);
    }

    /** How many regions, from the first on, the clicks pay for; those that can't be labeled are free. */
    private int paid(List<SelectionCsv.Row> selection, double clicks) throws IOException {
        Map<SelectionCsv.Row, Long> costs = new HashMap<>();
        eachFrame(selection, "counting clicks", (frame, rows) -> {
            for (SelectionCsv.Row row : rows) {
                Optional<Effort> effort = frame.ask(row, 0).flatMap(LabeledRegion::effort);
                costs.put(row, effort.map(Effort::clicks).orElse(0L));
            }
        });
        double spent = 0;
        for (int i = 0; i < selection.size(); i++) {
            long cost = costs.get(selection.get(i));
            if (spent + cost > clicks) {
                requireAffordable(selection.get(i), cost, spent, clicks);
                return i;
            }
            spent += cost;
        }
        return selection.size();
    }

    /** Goes through the frames of a selection and notes whether any has ground truth. */
    private void eachFrame(List<SelectionCsv.Row> selection, String message, FrameWork work) throws IOException {
        Map<FrameKey, List<SelectionCsv.Row>> byFrame = new TreeMap<>();
        for (SelectionCsv.Row row : selection) {
            byFrame.computeIfAbsent(new FrameKey(row.scene(), row.frame()), f -> new ArrayList<>())
                    .add(row);
        }
        int done = 0;
        for (Map.Entry<FrameKey, List<SelectionCsv.Row>> entry : byFrame.entrySet()) {
            context.progress(done++, byFrame.size(), "frames", message);
            OracleFrame frame = OracleFrame.open(dataset, labels, oracle, entry.getKey());
            truth |= frame.hasTruth();
            work.accept(frame, entry.getValue());
        }
        context.report(done, done, "frames", message);
    }

    private void requireAnswers(List<SelectionCsv.Row> asked, Set<SelectionCsv.Row> skipped) throws IOException {
        boolean again = asked.stream()
                .allMatch(row -> skipped.contains(row)
                        && skippedBefore.contains(new RegionNamesCsv.Row(row.scene(), row.frame(), row.region())));
        if (again && !asked.isEmpty()) {
            throw new InvalidInputException(
                    Reason.BudgetExceedsUnlabeled,
                    "The budget exceeds what is left to label: the " + asked.size()
                            + " regions that were chosen, as no "
                            + "others are left, are void as they were when they were asked about before; end the "
                            + "experiment, or give their frames label maps");
        }
        if (!truth && !asked.isEmpty() && !anyTruthLeft()) {
            throw new InvalidInputException(
                    Reason.InvalidLabels,
                    "None of the frames of the " + asked.size()
                            + " regions that were chosen has ground truth, nor has any "
                            + "other frame that is left, and the oracle GroundTruth labels by it: give all frames of the "
                            + "split train label maps, not those of the seed set alone, or let labeling.oracle be"
                            + " Annotators");
        }
    }

    /** Whether any train frame that is not labeled whole has ground truth. */
    private boolean anyTruthLeft() throws IOException {
        for (SceneEntry entry : dataset.manifest().scenes(Split.TRAIN)) {
            PreparedScene scene = dataset.scene(entry);
            for (int frame = 0; frame < scene.frames().size(); frame++) {
                FrameKey key =
                        new FrameKey(entry.name(), scene.frames().get(frame).name());
                long labeled = labels.regions(key).stream()
                        .mapToLong(LabeledRegion::pixels)
                        .sum();
                if (labeled < labels.size().pixels() && !VoidLabel.fills(scene.labels(frame))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void requireAffordable(SelectionCsv.Row row, long cost, double spent, double clicks) {
        if (spent == 0) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "The first region to label, " + row.region() + " of frame '" + row.frame() + "' of scene '"
                            + row.scene() + "', costs " + cost + " clicks and the budget is " + (long) clicks
                            + ": raise selection.budget.amount, or let labeling.answer be Dominant");
        }
    }
}
