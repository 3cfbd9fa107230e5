package io.viewal.worker.stage;

import io.viewal.contract.Metric;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.SelectParameters;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.RegionNamesCsv;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.artifact.SuperpixelScoresCsv;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.SceneFile;
import io.viewal.worker.selection.LabelingBudget;
import io.viewal.worker.selection.OverlapIndex;
import io.viewal.worker.selection.RegionSelector;
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
        RegionPool pool = new RegionPool(labels.regions().stream()
                .map(r -> new RegionNamesCsv.Row(r.scene(), r.frame(), r.superpixel()))
                .toList());
        SceneScores scores = SceneScores.open(context);
        for (String scene : scores.scenes()) {
            List<SuperpixelScoresCsv.Row> regions = scores.regions(scene);
            pool.add(scene, RegionPool.frames(regions), regions);
        }
        boolean reference = parameters.mode().equals("reference");
        RegionSelector.Options options = new RegionSelector.Options(
                reference,
                parameters.overlapThreshold(),
                !reference,
                parameters.onShortage().equals("TakeAll"));
        List<SelectionCsv.Row> rows = pool.select(
                options,
                new LabelingBudget(parameters.budget(), manifest.size()),
                scene -> OverlapIndex.read(dataset.fetch(manifest.scene(scene), SceneFile.OVERLAP)));
        double pixels = rows.stream().mapToDouble(SelectionCsv.Row::pixels).sum();
        byte[] table = SelectionCsv.write(rows).getBytes(StandardCharsets.UTF_8);
        return new Output(
                Map.of(RoundRequests.SELECTION, context.publish("selection.csv", table)),
                Map.of(Metric.REGIONS, (double) rows.size(), Metric.ROUND_PIXELS, pixels),
                Map.of());
    }
}
