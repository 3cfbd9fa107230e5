package io.viewal.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.CustomResource;
import io.viewal.contract.ContractJson;
import io.viewal.contract.DatasetDeclaration;
import io.viewal.contract.ExperimentDeclaration;
import io.viewal.contract.LabelParameters;
import io.viewal.contract.LabelParametersBuilder;
import io.viewal.contract.Mode;
import io.viewal.contract.RoundDeclaration;
import io.viewal.contract.ScoreParameters;
import io.viewal.contract.SelectParameters;
import io.viewal.contract.Stage;
import io.viewal.contract.TrainParameters;
import io.viewal.contract.Within;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds specs and the contract's declarations equal in shape, allowed names and defaults. */
class DeclarationTest {

    private static final ObjectMapper JSON = ContractJson.mapper();

    /** A training's mode is the round's, not a field of its own; what it is trained on, too. */
    private static final List<String> OF_THE_ROUND = List.of("mode", "fullSupervision");

    /** The clicks that labeling may cost are the budget's. */
    private static final String CLICKS_OF_THE_BUDGET = "clicks";

    private static final String ROUND = """
            {"dataset": "rooms", "selection": {"budget": {"amount": 4}}}""";

    private static final String DATASET = """
            {"source": {"synthetic": {"scenes": 6, "framesPerScene": 10}}}""";

    @Test
    void roundSpecHasTheShapeOfItsDeclaration() {
        assertThat(shape(RoundSpec.class)).isEqualTo(shape(RoundDeclaration.class));
    }

    @Test
    void datasetSpecHasTheShapeOfItsDeclaration() {
        assertThat(shape(DatasetSpec.class)).isEqualTo(shape(DatasetDeclaration.class));
    }

    @Test
    void experimentSpecHasTheShapeOfItsDeclaration() {
        Map<String, Object> spec = shape(ExperimentSpec.class);
        // What rounds are made of is read as it is written.
        spec.put("template", "value");
        assertThat(spec).isEqualTo(shape(ExperimentDeclaration.class));
        assertThat(shape(ExperimentArm.class).keySet())
                .isEqualTo(shape(ExperimentDeclaration.Arm.class).keySet());
        assertThat(shape(RoundDeclaration.class)).containsAllEntriesOf(shape(RoundTemplate.class));
        assertThat(shape(RoundTemplate.class)).containsAllEntriesOf(shape(ExperimentArm.Overrides.class));
    }

    @Test
    void experimentDefaultsOfTheSchemaAreThoseOfTheContract() throws Exception {
        String plain = """
                {"dataset": "rooms", "rounds": 9, "seeds": {"count": 1}, "stop": {"plateau": {}}}""";
        ExperimentDeclaration ofTheContract = JSON.readValue(plain, ExperimentDeclaration.class);
        ExperimentDeclaration ofTheSchema = JSON.convertValue(
                JSON.convertValue(admitted(ActiveLearningExperiment.class, plain), ExperimentSpec.class),
                ExperimentDeclaration.class);
        assertThat(ofTheSchema).isEqualTo(ofTheContract);
    }

    @Test
    void roundDefaultsOfTheSchemaAreThoseOfTheContract() throws Exception {
        ObjectNode admitted = admitted(ActiveLearningRound.class, ROUND);
        RoundDeclaration plain = JSON.readValue(ROUND, RoundDeclaration.class);
        RoundDeclaration read = JSON.convertValue(JSON.convertValue(admitted, RoundSpec.class), RoundDeclaration.class);
        assertThat(read.training()).isEqualTo(plain.training());
        assertThat(read.scoreParameters()).isEqualTo(plain.scoreParameters());
        assertThat(read.selectParameters()).isEqualTo(plain.selectParameters());
        assertThat(read.labeling()).isEqualTo(plain.labeling());
        assertThat(read.scoring().shards()).isEqualTo(plain.scoring().shards());
        assertThat(read.suspend()).isEqualTo(plain.suspend());

        assertSchemaSays(admitted.get("training"), plain.training());
        assertSchemaSays(admitted.get("labeling"), plain.labeling());
        assertThat(admitted.get("scoring").size()).isEqualTo(3);
        assertThat(admitted.get("selection").size()).isEqualTo(3);
    }

    @Test
    void boundsOfATrainingInTheSchemaAreThoseOfTheContract() {
        JsonNode schema =
                JSON.valueToTree(Crds.spec(Crds.of(ActiveLearningRound.class))).at("/properties/training/properties");
        Map<String, String> ofTheSchema = new TreeMap<>();
        schema.properties().forEach(field -> {
            JsonNode number = field.getValue().path("items").isMissingNode()
                    ? field.getValue()
                    : field.getValue().path("items");
            if (number.has("minimum")) {
                ofTheSchema.put(
                        field.getKey(),
                        bounds(
                                number.get("minimum").asDouble(),
                                number.path("exclusiveMinimum").asBoolean(),
                                number.get("maximum").asDouble(),
                                number.path("exclusiveMaximum").asBoolean()));
            }
        });
        Map<String, String> ofTheContract = new TreeMap<>();
        for (RecordComponent field : TrainParameters.class.getRecordComponents()) {
            Within within = field.getAnnotation(Within.class);
            if (within != null) {
                ofTheContract.put(
                        field.getName(), bounds(within.min(), within.aboveMin(), within.max(), within.belowMax()));
            }
        }
        assertThat(ofTheSchema).isNotEmpty().isEqualTo(ofTheContract);
    }

    private static String bounds(double min, boolean above, double max, boolean below) {
        return (above ? "above " : "from ") + min + (below ? " below " : " to ") + max;
    }

    @Test
    void datasetDefaultsOfTheSchemaAreThoseOfTheContract() throws Exception {
        ObjectNode admitted = admitted(MultiViewDataset.class, DATASET);
        DatasetDeclaration plain = JSON.readValue(DATASET, DatasetDeclaration.class);
        DatasetDeclaration read =
                JSON.convertValue(JSON.convertValue(admitted, DatasetSpec.class), DatasetDeclaration.class);
        assertThat(read.prepareParameters()).isEqualTo(plain.prepareParameters());

        ObjectNode expected = JSON.valueToTree(plain.prepareParameters());
        Stream.of("source", "stage").forEach(expected::remove);
        expected.fieldNames().forEachRemaining(name -> assertSame(admitted.get(name), expected.get(name)));
    }

    @Test
    void everyFieldOfARoundReachesItsDeclaration() throws Exception {
        RoundSpec spec = JSON.readValue("""
                {"dataset": "rooms", "previousRound": "round-0", "className": "standard", "seed": 7, "suspend": true,
                 "strategy": "Random", "mode": "reference", "training": {"epochs": 2, "milestones": [1]},
                 "scoring": {"passes": 5, "shards": 2, "dropout": "Decoder"}, "selection": {"budget": {"amount": 4, "unit": "Regions"},
                 "onShortage": "TakeAll"}, "labeling": {"propagation": {}},
                 "resources": {"train": {"gpus": 1, "cpu": "2", "memory": "3Gi"}}}""", RoundSpec.class);
        RoundDeclaration read = JSON.convertValue(spec, RoundDeclaration.class);
        assertThat(read.previousRound()).isEqualTo("round-0");
        assertThat(read.seed()).isEqualTo(7);
        assertThat(read.strategy()).isEqualTo("Random");
        assertThat(read.scoreParameters().dropout()).isEqualTo(ScoreParameters.Dropout.Decoder);
        assertThat(read.training().milestones()).containsExactly(1);
        assertThat(read.selectParameters().onShortage()).isEqualTo(SelectParameters.Shortage.TakeAll);
        assertThat(read.labeling().propagation().distanceThreshold()).isEqualTo(0.05);
        assertThat(read.resources(Stage.TRAIN)).isEqualTo(new RoundDeclaration.Resources(1, "2", "3Gi"));
        assertThat(read.resources(Stage.LABEL)).isEqualTo(new RoundDeclaration.Resources(0, null, null));
    }

    @Test
    void oneWordTakesThePublishedProcedureFromTrainingToSelection() throws Exception {
        RoundDeclaration round = JSON.readValue("""
                {"dataset": "rooms", "mode": "reference", "selection": {"budget": {"amount": 4}}}""", RoundDeclaration.class);
        assertThat(round.trainParameters().mode()).isEqualTo(Mode.reference);
        assertThat(round.trainParameters().augments()).isFalse();
        assertThat(round.scoreParameters().distanceThreshold()).isEqualTo(1.0);
        assertThat(round.selectParameters().mode()).isEqualTo(Mode.reference);
    }

    @Test
    void whatIsSaidWinsOverTheMode() throws Exception {
        RoundDeclaration round = JSON.readValue("""
                {"dataset": "rooms", "mode": "reference", "training": {"augment": true},
                 "scoring": {"distanceThreshold": 0.2}, "selection": {"budget": {"amount": 4}}}""", RoundDeclaration.class);
        assertThat(round.trainParameters().augments()).isTrue();
        assertThat(round.scoreParameters().distanceThreshold()).isEqualTo(0.2);
    }

    @Test
    void zeroIsZero() throws Exception {
        RoundDeclaration round = JSON.readValue("""
                {"dataset": "rooms", "training": {"momentum": 0, "weightDecay": 0},
                 "selection": {"budget": {"amount": 4}}}""", RoundDeclaration.class);
        assertThat(round.trainParameters().momentum()).isZero();
        assertThat(round.trainParameters().weightDecay()).isZero();
    }

    @Test
    void aTrainingHasNoModeOfItsOwn() {
        assertThatThrownBy(() -> JSON.readValue("""
                        {"dataset": "rooms", "training": {"mode": "reference"},
                         "selection": {"budget": {"amount": 4}}}""", RoundDeclaration.class))
                .hasMessageContaining("training.mode is 'reference'");
    }

    @Test
    void aBudgetOfClicksIsSpentWhereLabelsAreGiven() throws Exception {
        String round = """
                {"dataset": "rooms", "labeling": {"answer": "Dominant"},
                 "selection": {"budget": {"amount": 4.5, "unit": "UNIT"}}}""";
        RoundDeclaration clicks = JSON.readValue(round.replace("UNIT", "Clicks"), RoundDeclaration.class);
        assertThat(clicks.labelParameters())
                .isEqualTo(LabelParametersBuilder.builder()
                        .answer(LabelParameters.Answer.Dominant)
                        .clicks(4.5)
                        .build());
        RoundDeclaration regions = JSON.readValue(round.replace("UNIT", "Regions"), RoundDeclaration.class);
        assertThat(regions.labelParameters().clicks()).isNull();
    }

    @Test
    void clicksAreABudget() {
        assertThatThrownBy(() -> JSON.readValue("""
                        {"dataset": "rooms", "labeling": {"clicks": 3},
                         "selection": {"budget": {"amount": 4}}}""", RoundDeclaration.class))
                .hasMessageContaining("labeling.clicks is 3.0")
                .hasMessageContaining("unit: Clicks");
    }

    @Test
    void aRoundWithoutASelectionEndsWithItsTraining() throws Exception {
        RoundDeclaration round = JSON.readValue("""
                {"dataset": "rooms", "labels": {"source": "FullSupervision"}}""", RoundDeclaration.class);
        assertThat(round.stages()).containsExactly(Stage.TRAIN);
        assertThat(round.trainParameters().fullySupervised()).isTrue();
        RoundDeclaration seeded = JSON.readValue("""
                {"dataset": "rooms", "labels": {"source": "SeedSet"}}""", RoundDeclaration.class);
        assertThat(JSON.valueToTree(seeded.trainParameters()).has("fullSupervision"))
                .as("says nothing, so that digests are as they were")
                .isFalse();
    }

    private static ObjectNode admitted(Class<? extends CustomResource<?, ?>> kind, String spec) throws Exception {
        return SchemaDefaults.apply(Crds.spec(Crds.of(kind)), (ObjectNode) JSON.readTree(spec));
    }

    private static void assertSchemaSays(JsonNode admitted, Object contract) {
        ObjectNode expected = JSON.valueToTree(contract);
        expected.remove("stage");
        expected.remove(OF_THE_ROUND);
        expected.removeIf(JsonNode::isNull);
        assertSame(admitted, expected);
    }

    /** Equal but for 10 and 10.0. */
    private static void assertSame(JsonNode actual, JsonNode expected) {
        boolean same = actual.equals(
                (a, b) ->
                        a.isNumber() && b.isNumber() ? Double.compare(a.asDouble(), b.asDouble()) : a.equals(b) ? 0 : 1,
                expected);
        assertThat(same).as("%s is %s", actual, expected).isTrue();
    }

    /** Property names, recursively. */
    private static Map<String, Object> shape(Class<?> type) {
        Map<String, Object> shape = new TreeMap<>();
        JavaType javaType = JSON.constructType(type);
        for (BeanPropertyDefinition property :
                JSON.getSerializationConfig().introspect(javaType).findProperties()) {
            shape.put(property.getName(), shape(property.getName(), property.getPrimaryType()));
        }
        return shape;
    }

    private static Object shape(String name, JavaType type) {
        if (type.isMapLikeType() && name.equals("resources")) {
            Set<String> stages = Stage.ROUND.stream().map(Stage::key).collect(Collectors.toCollection(TreeSet::new));
            Map<String, Object> byStage = new TreeMap<>();
            stages.forEach(
                    stage -> byStage.put(stage, shape(type.getContentType().getRawClass())));
            return byStage;
        }
        if (!type.isRecordType()) {
            return "value";
        }
        Map<String, Object> shape = shape(type.getRawClass());
        if (name.equals("training")) {
            OF_THE_ROUND.forEach(shape::remove);
        }
        if (name.equals("labeling")) {
            shape.remove(CLICKS_OF_THE_BUDGET);
        }
        return shape;
    }
}
