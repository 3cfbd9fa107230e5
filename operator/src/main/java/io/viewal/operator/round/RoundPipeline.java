package io.viewal.operator.round;

import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.PodResources;
import io.viewal.api.v1alpha1.RoundStatus.Inputs;
import io.viewal.api.v1alpha1.StageResources;
import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ContractJson;
import io.viewal.contract.Metric;
import io.viewal.contract.Owner;
import io.viewal.contract.RoundDeclaration;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.Stage;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StageResult;
import io.viewal.operator.pipeline.Artifacts;
import io.viewal.operator.pipeline.Pipeline;
import io.viewal.operator.pipeline.Results;
import io.viewal.operator.pipeline.Setting;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The stages of a round: train and, when something is to be selected, score, select, label. */
final class RoundPipeline implements Pipeline {

    private final Owner owner;
    private final Setting setting;
    private final Inputs inputs;
    private final RoundDeclaration declaration;
    private final StageResources resources;
    private final RoundRequests requests;

    RoundPipeline(ActiveLearningRound round, Setting setting, Inputs inputs) {
        this.owner = owner(round);
        this.setting = setting;
        this.inputs = inputs;
        this.declaration = ContractJson.mapper().convertValue(round.getSpec(), RoundDeclaration.class);
        this.resources = round.getSpec().resources();
        this.requests = new RoundRequests(
                owner,
                setting.location(),
                declaration.seed(),
                prepared(Artifacts.ref(inputs.dataset(), setting.store())),
                Optional.ofNullable(inputs.labels()).map(labels -> Artifacts.ref(labels, setting.store())));
    }

    static Owner owner(ActiveLearningRound round) {
        return new Owner(
                round.getKind(),
                round.getMetadata().getNamespace(),
                round.getMetadata().getName(),
                round.getMetadata().getUid());
    }

    @Override
    public Owner owner() {
        return owner;
    }

    @Override
    public Setting setting() {
        return setting;
    }

    Inputs pinned() {
        return inputs;
    }

    @Override
    public List<ArtifactRef> inputs() {
        return refs(inputs);
    }

    /** What others have made, as it lies in the store. */
    static List<ArtifactRef> refs(Inputs inputs) {
        return Stream.of(inputs.dataset(), inputs.labels(), inputs.model())
                .filter(Objects::nonNull)
                .map(artifact -> Artifacts.ref(artifact, inputs.store()))
                .toList();
    }

    @Override
    public List<Stage> stages() {
        return declaration.stages();
    }

    @Override
    public StageRequest request(Stage stage, Results done) {
        return switch (stage) {
            case TRAIN ->
                requests.train(
                        declaration.trainParameters(),
                        Stream.of(inputs.model(), inputs.pretrained())
                                .filter(Objects::nonNull)
                                .findFirst()
                                .map(weights -> Artifacts.ref(weights, setting.store())));
            case SCORE ->
                requests.score(
                        declaration.scoreParameters(), declaration.scoring().shards(), done.single(Stage.TRAIN));
            case SELECT -> requests.select(declaration.selectParameters(), done.shards(Stage.SCORE));
            case LABEL ->
                requests.label(
                        declaration.labelParameters(),
                        done.single(Stage.TRAIN),
                        done.shards(Stage.SCORE),
                        done.single(Stage.SELECT));
            case PREPARE, REPORT -> throw notOfARound(stage);
        };
    }

    private static IllegalArgumentException notOfARound(Stage stage) {
        return new IllegalArgumentException(stage.title() + " is no stage of a round");
    }

    @Override
    public PodResources resources(Stage stage) {
        PodResources asked = resources == null
                ? null
                : switch (stage) {
                    case TRAIN -> resources.train();
                    case SCORE -> resources.score();
                    case SELECT -> resources.select();
                    case LABEL -> resources.label();
                    case PREPARE, REPORT -> throw notOfARound(stage);
                };
        return asked == null ? PodResources.NONE : asked;
    }

    @Override
    public int shards(Stage stage) {
        return stage == Stage.SCORE ? declaration.scoring().shards() : 1;
    }

    @Override
    public String image(Stage stage) {
        return stage == Stage.TRAIN ? declaration.training().image() : "";
    }

    @Override
    public List<String> keys(Stage stage) {
        if (stage != Stage.TRAIN) {
            return List.of();
        }
        String labels =
                declaration.labels() == null ? null : declaration.labels().key();
        return Stream.of(declaration.training().pretrained(), labels)
                .filter(key -> key != null && !key.isEmpty())
                .toList();
    }

    @Override
    public String summary(Results done) {
        return done.has(Stage.LABEL) ? labeled(done) : measured(done);
    }

    private static String measured(Results done) {
        Map<String, Double> train = done.single(Stage.TRAIN).metrics();
        Double meanIoU = train.getOrDefault(Metric.TEST_MIOU, train.get(Metric.VALIDATION_MIOU));
        Double fraction = train.get(Metric.TRAINED_ON_FRACTION);
        return (fraction == null
                        ? "Trained"
                        : "Trained on %.2f%% of the train split's pixels".formatted(100 * fraction))
                + (meanIoU == null ? "" : "; the mean IoU is %.2f%%".formatted(100 * meanIoU))
                + "; nothing was to be selected";
    }

    private static String labeled(Results done) {
        Map<String, Double> label = done.single(Stage.LABEL).metrics();
        return "%.0f regions labeled; %.2f%% of the train split's pixels are labeled now"
                .formatted(
                        label.getOrDefault(Metric.REGIONS, 0.0),
                        100 * label.getOrDefault(Metric.LABELED_FRACTION, 0.0));
    }

    /** A round refers to the prepared data set alone, not to how it was made. */
    private static StageResult prepared(ArtifactRef manifest) {
        return new StageResult(
                StageRequest.VERSION,
                Stage.PREPARE,
                0,
                1,
                null,
                1,
                "",
                Map.of(),
                Map.of(RoundRequests.DATASET, manifest),
                Map.of(),
                Map.of());
    }
}
