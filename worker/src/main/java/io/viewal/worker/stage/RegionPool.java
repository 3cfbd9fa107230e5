package io.viewal.worker.stage;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.RegionNamesCsv;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.artifact.SuperpixelScoresCsv;
import io.viewal.worker.dataset.Region;
import io.viewal.worker.npy.NpyFile;
import io.viewal.worker.selection.Candidate;
import io.viewal.worker.selection.Choices;
import io.viewal.worker.selection.LabelingBudget;
import io.viewal.worker.selection.OverlapIndex;
import io.viewal.worker.selection.SelectionRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All scored regions, in the order of scenes, frames and regions, and which of them are labeled. A round's stage and the
 * command line choose from it. Regions that the oracle could not label are offered once all others are labeled.
 */
public final class RegionPool {

    /** Finds what a rule may ask for beside the scores. */
    public interface SceneFiles {

        /** The overlaps of a scene. */
        OverlapIndex overlaps(String scene) throws IOException;

        /** The features of a scene's frames: float32 [frames, features]. */
        NpyFile features(String scene) throws IOException;
    }

    /** A region and where it belongs; the frame is its index in the scene. */
    private record Entry(int scene, int frame, SuperpixelScoresCsv.Row row) {}

    private final Set<RegionNamesCsv.Row> labeled;
    private final Set<RegionNamesCsv.Row> skipped;
    private final List<String> scenes = new ArrayList<>();
    private final List<Integer> frameCounts = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();

    /**
     * @param labeled regions that may not be chosen again; a whole frame stands for all of its regions
     * @param skipped regions that the oracle could not label when it was asked
     */
    public RegionPool(List<RegionNamesCsv.Row> labeled, List<RegionNamesCsv.Row> skipped) {
        this.labeled = new HashSet<>(labeled);
        this.skipped = new HashSet<>(skipped);
    }

    /**
     * Adds the regions of a scene.
     *
     * @param frames all frames, in the order of the scene's overlap index and features
     */
    public void add(String scene, List<String> frames, List<SuperpixelScoresCsv.Row> rows) {
        for (SuperpixelScoresCsv.Row row : rows) {
            int frame = frames.indexOf(row.frame());
            if (frame < 0) {
                throw unknown(scene, row, "the scene has no such frame");
            }
            if (!Double.isFinite(row.score())) {
                throw unknown(scene, row, "its score is " + row.score() + ", expected a finite number");
            }
            entries.add(new Entry(scenes.size(), frame, row));
        }
        scenes.add(scene);
        frameCounts.add(frames.size());
    }

    /**
     * Chooses regions under the budget.
     *
     * @param files asked only for what the rule compares
     * @throws InvalidInputException (BudgetExceedsUnlabeled) when less is left than the budget asks for
     */
    public List<SelectionCsv.Row> select(
            SelectionRule rule, Choices.Options options, LabelingBudget budget, SceneFiles files) throws IOException {
        List<OverlapIndex> overlaps = rule.comparesOverlaps() ? overlaps(files) : List.of();
        List<Entry> offered = offered();
        List<float[]> features = rule.comparesFeatures() ? features(offered, files) : List.of();
        List<Candidate> candidates = new ArrayList<>();
        BitSet labeledBefore = new BitSet();
        for (int i = 0; i < offered.size(); i++) {
            Entry entry = offered.get(i);
            labeledBefore.set(i, labeled.contains(name(entry, entry.row().region())));
            int region = overlaps.isEmpty() ? i : region(entry, overlaps.get(entry.scene()));
            candidates.add(candidate(entry, region));
        }
        Choices choices = new Choices(candidates, overlaps, features, labeledBefore, options);
        return rows(offered, rule.choose(choices, budget));
    }

    /** All regions, without the skipped ones as long as others are open. */
    private List<Entry> offered() {
        List<Entry> others = entries.stream()
                .filter(entry -> !skipped.contains(name(entry, entry.row().region())))
                .toList();
        return others.stream().allMatch(this::known) ? entries : others;
    }

    /** Whether the region is labeled, by itself or with its frame. */
    private boolean known(Entry entry) {
        return labeled.contains(name(entry, entry.row().region())) || labeled.contains(name(entry, Region.WHOLE_FRAME));
    }

    private List<OverlapIndex> overlaps(SceneFiles files) throws IOException {
        List<OverlapIndex> overlaps = new ArrayList<>();
        for (String scene : scenes) {
            overlaps.add(files.overlaps(scene));
        }
        return overlaps;
    }

    private List<float[]> features(List<Entry> offered, SceneFiles files) throws IOException {
        List<NpyFile> ofScenes = new ArrayList<>();
        for (int i = 0; i < scenes.size(); i++) {
            NpyFile array = files.features(scenes.get(i));
            if (array.shape().length != 2 || array.shape()[0] != frameCounts.get(i)) {
                throw new InvalidInputException(
                        Reason.CorruptArtifact,
                        "The features of scene '" + scenes.get(i) + "' are not of its " + frameCounts.get(i)
                                + " frames: score the scene again");
            }
            ofScenes.add(array);
        }
        List<float[]> features = new ArrayList<>();
        for (Entry entry : offered) {
            int length = ofScenes.get(entry.scene()).shape()[1];
            features.add(ofScenes.get(entry.scene()).floats((long) entry.frame() * length, length));
        }
        return features;
    }

    private Candidate candidate(Entry entry, int region) {
        SuperpixelScoresCsv.Row row = entry.row();
        return new Candidate(entry.scene(), region, row.pixels(), row.score(), row.divergence(), known(entry));
    }

    private int region(Entry entry, OverlapIndex overlaps) {
        if (entry.row().region() instanceof Region.Superpixel superpixel
                && entry.frame() < overlaps.frames()
                && superpixel.id() < overlaps.superpixels(entry.frame())) {
            return overlaps.region(entry.frame(), superpixel.id());
        }
        throw unknown(scenes.get(entry.scene()), entry.row(), "the overlap index has no such superpixel");
    }

    private RegionNamesCsv.Row name(Entry entry, Region region) {
        return new RegionNamesCsv.Row(scenes.get(entry.scene()), entry.row().frame(), region);
    }

    private List<SelectionCsv.Row> rows(List<Entry> offered, List<Integer> chosen) {
        List<SelectionCsv.Row> rows = new ArrayList<>();
        for (int i : chosen) {
            SuperpixelScoresCsv.Row row = offered.get(i).row();
            rows.add(new SelectionCsv.Row(
                    rows.size(),
                    scenes.get(offered.get(i).scene()),
                    row.frame(),
                    row.region(),
                    row.pixels(),
                    row.score(),
                    row.divergence()));
        }
        return rows;
    }

    private static InvalidInputException unknown(String scene, SuperpixelScoresCsv.Row row, String why) {
        return new InvalidInputException(
                Reason.CorruptArtifact,
                "The scores of scene '" + scene + "' speak of region " + row.region() + " of frame '" + row.frame()
                        + "', but " + why + ": score the scene again");
    }
}
