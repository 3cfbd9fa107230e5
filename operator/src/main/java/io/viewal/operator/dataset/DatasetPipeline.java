package io.viewal.operator.dataset;

import io.viewal.api.v1alpha1.MultiViewDataset;
import io.viewal.api.v1alpha1.PodResources;
import io.viewal.contract.ContractJson;
import io.viewal.contract.DatasetDeclaration;
import io.viewal.contract.Fact;
import io.viewal.contract.Metric;
import io.viewal.contract.Owner;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.Stage;
import io.viewal.contract.StageRequest;
import io.viewal.operator.pipeline.Pipeline;
import io.viewal.operator.pipeline.Results;
import io.viewal.operator.pipeline.Setting;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** The one stage of a data set: prepare. */
final class DatasetPipeline implements Pipeline {

    private static final String BUCKETS = "s3://";

    static final List<Stage> STAGES = List.of(Stage.PREPARE);

    private final Owner owner;
    private final Setting setting;
    private final DatasetDeclaration declaration;
    private final PodResources resources;

    DatasetPipeline(MultiViewDataset dataset, Setting setting) {
        this.owner = owner(dataset);
        this.setting = setting;
        this.declaration = ContractJson.mapper().convertValue(dataset.getSpec(), DatasetDeclaration.class);
        this.resources = dataset.getSpec().resources();
    }

    static Owner owner(MultiViewDataset dataset) {
        return new Owner(
                dataset.getKind(),
                dataset.getMetadata().getNamespace(),
                dataset.getMetadata().getName(),
                dataset.getMetadata().getUid());
    }

    @Override
    public Owner owner() {
        return owner;
    }

    @Override
    public Setting setting() {
        return setting;
    }

    @Override
    public List<Stage> stages() {
        return STAGES;
    }

    @Override
    public StageRequest request(Stage stage, Results done) {
        return RoundRequests.prepare(owner, setting.location(), declaration.prepareParameters(), declaration.shards());
    }

    @Override
    public PodResources resources(Stage stage) {
        return resources == null ? PodResources.NONE : resources;
    }

    @Override
    public int shards(Stage stage) {
        return declaration.shards();
    }

    @Override
    public List<String> keys(Stage stage) {
        String uri = declaration.source() == null ? null : declaration.source().uri();
        return uri != null && uri.startsWith(BUCKETS)
                ? List.of(URI.create(uri).getPath().replaceAll("^/+|/+$", ""))
                : List.of();
    }

    @Override
    public String summary(Results done) {
        Map<String, Double> made = done.single(Stage.PREPARE).metrics();
        double reused = done.shards(Stage.PREPARE).stream()
                .mapToDouble(shard -> shard.metrics().getOrDefault(Metric.REUSED_SCENES, 0.0))
                .sum();
        double leftOut = made.getOrDefault(Metric.LEFT_OUT, 0.0);
        String benchmark = done.single(Stage.PREPARE).facts().get(Fact.BENCHMARK);
        return (benchmark == null ? "" : "Benchmark " + benchmark + ": ")
                + "%.0f frames of %.0f scenes are prepared"
                        .formatted(made.getOrDefault(Metric.FRAMES, 0.0), made.getOrDefault(Metric.SCENES, 0.0))
                + (reused == 0 ? "" : ", %.0f of the scenes were there already".formatted(reused))
                + (leftOut == 0
                        ? ""
                        : ", %.0f frames or scenes that can't be read are left out, see the artifact leftOut"
                                .formatted(leftOut));
    }
}
