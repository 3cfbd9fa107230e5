package io.viewal.worker.stage;

import io.viewal.contract.Metric;
import io.viewal.contract.Mode;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.SelectParameters;
import io.viewal.worker.acquisition.AcquisitionStrategy;
import io.viewal.worker.acquisition.Strategies;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.ScoresIndex;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.artifact.SkippedRegion;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.SceneFile;
import io.viewal.worker.npy.NpyFile;
import io.viewal.worker.selection.Choices;
import io.viewal.worker.selection.LabelingBudget;
import io.viewal.worker.selection.OverlapIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** SELECT: chooses the regions that are most worth labeling, under the budget. */
final class SelectStage implements StageWork {

    @Override
    public Output run(StageContext context) throws IOException {
        SelectParameters parameters = context.parameters(SelectParameters.class);
        PreparedDataset dataset = PreparedDataset.open(context);
        DatasetManifest manifest = dataset.manifest();
        LabelSet labels = LabelSet.read(context.fetch(context.input(RoundRequests.LABELS)), manifest.size());
        AcquisitionStrategy strategy = Strategies.named(parameters.strategy());
        SceneScores scores = SceneScores.open(context);
        scores.requireStrategy(strategy.name());
        RegionPool pool = new RegionPool(
                new LabeledNames(labels, dataset).all(),
                labels.skipped().stream().map(SkippedRegion::name).toList());
        for (String scene : scores.scenes()) {
            pool.add(scene, scores.frames(scene), scores.regions(scene));
        }
        boolean reference = parameters.mode() == Mode.reference;
        Choices.Options options = new Choices.Options(
                reference,
                parameters.overlapThreshold(),
                !reference,
                parameters.onShortage() == SelectParameters.Shortage.TakeAll);
        List<SelectionCsv.Row> rows = pool.select(
                strategy.selection(),
                options,
                new LabelingBudget(parameters.budget(), manifest.size()),
                new StoredFiles(dataset, scores));
        double pixels = rows.stream().mapToDouble(SelectionCsv.Row::pixels).sum();
        byte[] table = SelectionCsv.write(rows).getBytes(StandardCharsets.UTF_8);
        return new Output(
                Map.of(RoundRequests.SELECTION, context.publish("selection.csv", table)),
                Map.of(Metric.REGIONS, (double) rows.size(), Metric.ROUND_PIXELS, pixels),
                Map.of());
    }

    /** What a rule may compare, fetched when it is asked for. */
    private record StoredFiles(PreparedDataset dataset, SceneScores scores) implements RegionPool.SceneFiles {

        @Override
        public OverlapIndex overlaps(String scene) throws IOException {
            return OverlapIndex.read(dataset.fetch(dataset.manifest().scene(scene), SceneFile.OVERLAP));
        }

        @Override
        public NpyFile features(String scene) throws IOException {
            return scores.map(scene, ScoresIndex.FEATURES);
        }
    }
}
