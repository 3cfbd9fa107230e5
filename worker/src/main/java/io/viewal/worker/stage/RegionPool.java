package io.viewal.worker.stage;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.LabeledRegion;
import io.viewal.worker.artifact.RegionNamesCsv;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.artifact.SuperpixelScoresCsv;
import io.viewal.worker.selection.Candidate;
import io.viewal.worker.selection.LabelingBudget;
import io.viewal.worker.selection.OverlapIndex;
import io.viewal.worker.selection.RegionSelector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All scored regions, in the order of scenes, frames and superpixels, and which of them are labeled. A round's stage and
 * the command line choose from it.
 */
public final class RegionPool {

    /** Finds the overlaps of a scene. */
    @FunctionalInterface
    public interface Overlaps {
        OverlapIndex of(String scene) throws IOException;
    }

    /** A region and where it belongs; the frame is its index in the scene. */
    private record Entry(int scene, int frame, SuperpixelScoresCsv.Row row) {}

    private final Set<RegionNamesCsv.Row> labeled;
    private final List<String> scenes = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();

    /**
     * @param labeled regions that may not be chosen again; superpixel −1 stands for all of a frame
     */
    public RegionPool(List<RegionNamesCsv.Row> labeled) {
        this.labeled = new HashSet<>(labeled);
    }

    /** The frames that the rows speak of, in their order. */
    static List<String> frames(List<SuperpixelScoresCsv.Row> rows) {
        return rows.stream().map(SuperpixelScoresCsv.Row::frame).distinct().toList();
    }

    /**
     * Adds the regions of a scene.
     *
     * @param frames all frames, in the order of the scene's overlap index
     */
    public void add(String scene, List<String> frames, List<SuperpixelScoresCsv.Row> rows) {
        for (SuperpixelScoresCsv.Row row : rows) {
            int frame = frames.indexOf(row.frame());
            if (frame < 0) {
                throw unknown(scene, row, "the scene has no such frame");
            }
            entries.add(new Entry(scenes.size(), frame, row));
        }
        scenes.add(scene);
    }

    /**
     * Chooses regions under the budget.
     *
     * @param overlaps asked for only when regions are compared with those that overlap, that is when they have a divergence
     * @throws InvalidInputException (BudgetExceedsUnlabeled) when less is left than the budget asks for
     */
    public List<SelectionCsv.Row> select(RegionSelector.Options options, LabelingBudget budget, Overlaps overlaps)
            throws IOException {
        List<OverlapIndex> indexes = new ArrayList<>();
        if (entries.stream().anyMatch(e -> !Double.isNaN(e.row().divergence()))) {
            for (String scene : scenes) {
                indexes.add(overlaps.of(scene));
            }
        }
        List<Candidate> candidates = new ArrayList<>();
        BitSet chosenBefore = new BitSet();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            chosenBefore.set(i, labeled.contains(name(entry, entry.row().superpixel())));
            int region = indexes.isEmpty() ? i : region(entry, indexes.get(entry.scene()));
            candidates.add(candidate(entry, region));
        }
        return rows(new RegionSelector(candidates, indexes, options).select(budget, chosenBefore));
    }

    private Candidate candidate(Entry entry, int region) {
        SuperpixelScoresCsv.Row row = entry.row();
        boolean known = labeled.contains(name(entry, row.superpixel()))
                || labeled.contains(name(entry, LabeledRegion.WHOLE_FRAME));
        return new Candidate(entry.scene(), region, row.pixels(), row.score(), row.divergence(), known);
    }

    private int region(Entry entry, OverlapIndex overlaps) {
        try {
            return overlaps.region(entry.frame(), entry.row().superpixel());
        } catch (IndexOutOfBoundsException e) {
            throw unknown(scenes.get(entry.scene()), entry.row(), "the overlap index has no such region");
        }
    }

    private RegionNamesCsv.Row name(Entry entry, int superpixel) {
        return new RegionNamesCsv.Row(scenes.get(entry.scene()), entry.row().frame(), superpixel);
    }

    private List<SelectionCsv.Row> rows(List<Integer> chosen) {
        List<SelectionCsv.Row> rows = new ArrayList<>();
        for (int i : chosen) {
            SuperpixelScoresCsv.Row row = entries.get(i).row();
            rows.add(new SelectionCsv.Row(
                    rows.size(),
                    scenes.get(entries.get(i).scene()),
                    row.frame(),
                    row.superpixel(),
                    row.pixels(),
                    row.score(),
                    row.divergence()));
        }
        return rows;
    }

    private static InvalidInputException unknown(String scene, SuperpixelScoresCsv.Row row, String why) {
        return new InvalidInputException(
                Reason.CorruptArtifact,
                "The scores of scene '" + scene + "' speak of superpixel " + row.superpixel() + " of frame '"
                        + row.frame() + "', but " + why + ": score the scene again");
    }
}
