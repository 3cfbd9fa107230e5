package io.viewal.worker.stage;

import io.viewal.contract.Metric;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.SelectParameters;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.LabeledRegion;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.artifact.SuperpixelScoresCsv.Row;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.SceneFile;
import io.viewal.worker.selection.Candidate;
import io.viewal.worker.selection.LabelingBudget;
import io.viewal.worker.selection.OverlapIndex;
import io.viewal.worker.selection.RegionSelector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** SELECT: chooses the regions that are most worth labeling, under the budget. */
final class SelectStage implements StageWork {

    @Override
    public Output run(StageContext context) throws IOException {
        SelectParameters parameters = context.parameters(SelectParameters.class);
        DatasetManifest manifest = PreparedDataset.open(context).manifest();
        LabelSet labels = LabelSet.read(context.fetch(context.input(RoundRequests.LABELS)), manifest.size());
        Pool pool = new Pool(new AlreadyLabeled(labels));
        SceneScores scores = SceneScores.open(context);
        for (String scene : scores.scenes()) {
            pool.add(scene, scores.regions(scene));
        }
        boolean reference = parameters.mode().equals("reference");
        RegionSelector.Options options = new RegionSelector.Options(
                reference,
                parameters.overlapThreshold(),
                !reference,
                parameters.onShortage().equals("TakeAll"));
        List<OverlapIndex> overlaps = pool.overlapMatters() ? overlaps(context, scores) : List.of();
        List<Integer> chosen = new RegionSelector(pool.candidates, overlaps, options)
                .select(new LabelingBudget(parameters.budget(), manifest.size()), pool.selectedBefore);
        List<SelectionCsv.Row> rows = pool.rows(chosen);
        double pixels = rows.stream().mapToDouble(SelectionCsv.Row::pixels).sum();
        byte[] table = SelectionCsv.write(rows).getBytes(StandardCharsets.UTF_8);
        return new Output(
                Map.of(RoundRequests.SELECTION, context.publish("selection.csv", table)),
                Map.of(Metric.REGIONS, (double) rows.size(), Metric.ROUND_PIXELS, pixels),
                Map.of());
    }

    private static List<OverlapIndex> overlaps(StageContext context, SceneScores scores) throws IOException {
        PreparedDataset dataset = PreparedDataset.open(context);
        List<OverlapIndex> overlaps = new ArrayList<>();
        for (String scene : scores.scenes()) {
            overlaps.add(OverlapIndex.read(dataset.fetch(dataset.manifest().scene(scene), SceneFile.OVERLAP)));
        }
        return overlaps;
    }

    /** What earlier rounds and the seed set have labeled. */
    private static final class AlreadyLabeled {

        private final Set<String> frames = new HashSet<>();
        private final Set<String> superpixels = new HashSet<>();

        AlreadyLabeled(LabelSet labels) {
            for (LabeledRegion region : labels.regions()) {
                String frame = region.scene() + "/" + region.frame();
                if (region.superpixel() == LabeledRegion.WHOLE_FRAME) {
                    frames.add(frame);
                } else {
                    superpixels.add(frame + "/" + region.superpixel());
                }
            }
        }

        boolean selected(String scene, Row row) {
            return superpixels.contains(scene + "/" + row.frame() + "/" + row.superpixel());
        }

        boolean contains(String scene, Row row) {
            return frames.contains(scene + "/" + row.frame()) || selected(scene, row);
        }
    }

    /** All scored regions, numbered as the overlap indexes number them. */
    private static final class Pool {

        private final AlreadyLabeled labeled;
        private final List<Candidate> candidates = new ArrayList<>();
        private final List<String> scenes = new ArrayList<>();
        private final List<Row> rows = new ArrayList<>();
        private final BitSet selectedBefore = new BitSet();

        Pool(AlreadyLabeled labeled) {
            this.labeled = labeled;
        }

        void add(String scene, List<Row> regions) {
            int number = scenes.isEmpty() ? 0 : candidates.getLast().scene() + 1;
            for (int region = 0; region < regions.size(); region++) {
                Row row = regions.get(region);
                selectedBefore.set(candidates.size(), labeled.selected(scene, row));
                candidates.add(new Candidate(
                        number, region, row.pixels(), row.score(), row.divergence(), labeled.contains(scene, row)));
                scenes.add(scene);
                rows.add(row);
            }
        }

        /** False for strategies that rank regions without comparing views. */
        boolean overlapMatters() {
            return candidates.stream().anyMatch(c -> !Double.isNaN(c.divergence()));
        }

        List<SelectionCsv.Row> rows(List<Integer> chosen) {
            List<SelectionCsv.Row> table = new ArrayList<>();
            for (int i : chosen) {
                Row row = rows.get(i);
                table.add(new SelectionCsv.Row(
                        table.size(),
                        scenes.get(i),
                        row.frame(),
                        row.superpixel(),
                        row.pixels(),
                        row.score(),
                        row.divergence()));
            }
            return table;
        }
    }
}
