package io.viewal.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.viewal.contract.Backbone;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.model.network.Architecture;
import io.viewal.worker.model.network.DeepLabV3Plus;
import io.viewal.worker.model.network.Weights;
import io.viewal.worker.model.weights.Safetensors;
import io.viewal.worker.model.weights.Tensor;
import io.viewal.worker.model.weights.TensorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PretrainedTest {

    private static final int CLASSES = 3;
    private static final String BACKBONE = "backbone.";
    private static final String STEM = "backbone.features.0.0.weight";
    private static final String EXPAND = "backbone.features.5.conv.0.0.weight";
    private static final String PROJECT_NORM = "backbone.features.5.conv.3.running_var";
    private static final String FIRST_PROJECT = "backbone.features.1.conv.1.weight";

    @TempDir
    Path folder;

    private final NDManager manager = Engine.getInstance().newBaseManager(Device.cpu());
    private final Weights weights = Weights.random(manager, 1);
    private final Map<String, Tensor> stored = new HashMap<>();

    @BeforeEach
    void makeStateDict() {
        new DeepLabV3Plus(weights, Architecture.MOBILENET_V2, CLASSES);
        weights.all().forEach((name, array) -> {
            long[] shape = array.getShape().getShape();
            stored.put(name, new Tensor(shape, FormulaTensors.weight(name, shape)));
        });
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void takesABackboneByTorchvisionsNames() throws IOException {
        stored.keySet().removeIf(name -> !name.startsWith("backbone."));
        rename(name -> name.substring("backbone.".length()));
        stored.put("features.0.1.num_batches_tracked", new Tensor(new long[0], new float[] {5}));
        stored.put("classifier.1.weight", new Tensor(new long[] {2}, new float[2]));
        float[] head = weights.all().get("aspp.conv1.weight").toFloatArray();

        PretrainedReport report = load();

        assertThat(report.matched()).hasSize(stored.size() - 2).contains(STEM, EXPAND);
        assertThat(report.missing()).isNotEmpty().noneMatch(name -> name.startsWith("backbone."));
        assertThat(report.unexpected()).containsExactly("classifier.1.weight");
        assertLoaded(STEM, EXPAND, PROJECT_NORM, FIRST_PROJECT);
        assertThat(weights.all().get("aspp.conv1.weight").toFloatArray()).isEqualTo(head);
    }

    @Test
    void takesAWholeNetworkByThePublishedCodesNames() throws IOException {
        rename(PretrainedTest::flat);
        assertThat(stored).containsKeys("backbone.high_level_features.1.conv.7.running_var");

        PretrainedReport report = load();

        assertThat(report.missing()).isEmpty();
        assertThat(report.unexpected()).isEmpty();
        assertLoaded(weights.all().keySet().toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "module.",
                "model.",
                "_orig_mod.",
                "module._orig_mod.",
                "_orig_mod.module.model.",
                "state_dict.model.",
                "model_state.",
                "model_state_dict.module.",
                "encoder."
            })
    void takesABackboneOutOfWhateverItIsWrappedIn(String prefix) throws IOException {
        keepBackbone();
        rename(name -> prefix + name.substring(BACKBONE.length()));

        assertThat(load().unexpected()).isEmpty();
        assertLoaded(backbone());
    }

    @Test
    void takesABackboneByTimmsNames() throws IOException {
        keepBackbone();
        rename(PretrainedTest::timm);
        assertThat(stored)
                .containsKeys(
                        "conv_stem.weight", "blocks.0.0.bn2.bias", "blocks.5.2.conv_pwl.weight", "blocks.6.0.bn3.bias");
        stored.put("conv_head.weight", new Tensor(new long[] {1}, new float[1]));
        stored.put("bn2.bias", new Tensor(new long[] {1}, new float[1]));

        assertThat(load().unexpected()).containsExactly("bn2.bias", "conv_head.weight");
        assertLoaded(backbone());
    }

    @Test
    void takesABackboneByTheNamesOfTheEfficientNetPackages() throws IOException {
        keepBackbone();
        rename(PretrainedTest::underscored);
        assertThat(stored).containsKeys("_bn0.running_mean", "_blocks.0._bn2.bias", "_blocks.12._expand_conv.weight");

        assertThat(load().unexpected()).isEmpty();
        assertLoaded(backbone());
    }

    @Test
    void takesTheMovingAverageWhereThereIsOne() throws IOException {
        keepBackbone();
        Map<String, Tensor> both = new HashMap<>();
        stored.forEach((name, tensor) -> {
            both.put("state_dict_ema.module." + name, tensor);
            both.put("state_dict." + name, new Tensor(tensor.shape(), new float[tensor.values().length]));
        });
        stored.clear();
        stored.putAll(both);

        PretrainedReport report = load();

        assertThat(report.unexpected()).isEmpty();
        assertThat(report)
                .hasToString(report.matched().size() + " tensors matched, "
                        + report.missing().size() + " missing, 0 unexpected; of the moving average 'state_dict_ema'");
        assertLoaded(backbone());
    }

    @Test
    void refusesTwoNetworksInOneFile() {
        keepBackbone();
        stored.put("model." + STEM, new Tensor(new long[] {32, 3, 3, 3}, new float[32 * 27]));

        assertInvalid("'" + STEM + "'", "'model." + STEM + "'", "differ", "leave one network");
    }

    @Test
    void refusesNumbersThatAreNotFinite() {
        Tensor stem = stored.get(STEM);
        float[] values = stem.values().clone();
        values[5] = Float.NaN;
        stored.put(STEM, new Tensor(stem.shape(), values));
        assertInvalid(STEM, "[32, 3, 3, 3]", "NaN", "finite");

        values[5] = Float.NEGATIVE_INFINITY;
        assertInvalid("-Infinity");
    }

    @Test
    void namesTheOtherBackboneWhoseWeightsTheyAre() {
        stored.clear();
        BackboneWeights.weights(manager, Backbone.EfficientNetLite0).all().forEach((name, array) -> {
            long[] shape = array.getShape().getShape();
            stored.put(name, new Tensor(shape, FormulaTensors.weight(name, shape)));
        });
        keepBackbone();

        assertInvalid("of the backbone EfficientNetLite0", "training.backbone", "has the shape", "is missing");
    }

    @Test
    void turnsWeightsOfOthersIntoAFileOfABackboneAlone() throws IOException {
        rename(name -> "module." + name);
        Path from = folder.resolve("from.safetensors");
        Path to = folder.resolve("to.safetensors");
        Safetensors.write(from, TensorFile.of(Map.of(), stored));
        BackboneWeights.convert(from, Backbone.MobileNetV2, to);

        TensorFile content = Safetensors.read(to);
        assertThat(content.metadata()).containsEntry("backbone", "MobileNetV2").containsKey("sourceSha256");
        assertThat(content.tensors()).containsOnlyKeys(backbone());
        assertThat(content.tensors().get(STEM).values())
                .isEqualTo(stored.get("module." + STEM).values());
    }

    /** EfficientNet-B0 has the shapes of Lite0 everywhere and something more. */
    @Test
    void refusesBlocksWithMoreInThemThanTheNetworks() {
        keepBackbone();
        rename(PretrainedTest::timm);
        stored.put("blocks.1.0.se.conv_reduce.weight", new Tensor(new long[] {4, 96, 1, 1}, new float[4 * 96]));

        assertInvalid("another network", "'blocks.1.0.se.conv_reduce.weight' [4, 96, 1, 1] is unexpected");
    }

    @Test
    void namesTheNearestTensorOfWhatItDoesNotKnow() {
        keepBackbone();
        rename(name -> name.equals(EXPAND) ? "backbone.features.5.conv.00.weight" : name);

        assertInvalid(
                "'backbone.features.5.conv.00.weight' [192, 32, 1, 1] is unexpected",
                "nearest name is '" + EXPAND + "' [192, 32, 1, 1]",
                "'" + EXPAND + "' [192, 32, 1, 1] is missing");
    }

    @Test
    void keepsItsOwnClassifierWhenTheClassesDiffer() throws IOException {
        rename(name -> "module." + name);
        stored.put("module.decoder.last_conv.8.weight", new Tensor(new long[] {7, 256, 1, 1}, new float[7 * 256]));
        stored.put("module.decoder.last_conv.8.bias", new Tensor(new long[] {7}, new float[7]));

        PretrainedReport report = load();

        assertThat(report.missing()).containsExactly("decoder.last_conv.8.weight", "decoder.last_conv.8.bias");
        assertThat(report.remarks())
                .contains(
                        "'module.decoder.last_conv.8.bias' has the shape [7], expected [3] for these classes: it begins"
                                + " anew");
        assertLoaded(STEM, "decoder.last_conv.4.weight");
    }

    @Test
    void refusesAnotherArchitecture() {
        rename(name -> "layer1." + name);

        assertInvalid("another network", "0 tensors matched", "layer1.");
    }

    @Test
    void refusesTensorsOfAnotherShape() {
        stored.put(STEM, new Tensor(new long[] {16, 3, 3, 3}, new float[16 * 27]));

        assertInvalid(STEM, "[16, 3, 3, 3]", "expected [32, 3, 3, 3]", "1 of another shape", "another width");
    }

    @Test
    void refusesBackbonesWithMissingParts() {
        stored.remove(EXPAND);

        assertInvalid("1 missing", EXPAND);
    }

    private static final int[] STAGES = {1, 2, 3, 4, 3, 3, 1};

    private static String timm(String own) {
        Map<String, String> layers =
                Map.of("0.0", "conv_pw", "0.1", "bn1", "1.0", "conv_dw", "1.1", "bn2", "2", "conv_pwl", "3", "bn3");
        Map<String, String> first = Map.of("0.0", "conv_dw", "0.1", "bn1", "1", "conv_pw", "2", "bn2");
        return renamed(own, "conv_stem", "bn1", first, layers, block -> {
            int rest = block - 1;
            int stage = 0;
            while (rest >= STAGES[stage]) {
                rest -= STAGES[stage++];
            }
            return "blocks." + stage + "." + rest;
        });
    }

    private static String underscored(String own) {
        Map<String, String> layers = Map.of(
                "0.0",
                "_expand_conv",
                "0.1",
                "_bn0",
                "1.0",
                "_depthwise_conv",
                "1.1",
                "_bn1",
                "2",
                "_project_conv",
                "3",
                "_bn2");
        Map<String, String> first = Map.of("0.0", "_depthwise_conv", "0.1", "_bn1", "1", "_project_conv", "2", "_bn2");
        return renamed(own, "_conv_stem", "_bn0", first, layers, block -> "_blocks." + (block - 1));
    }

    private static String renamed(
            String own,
            String stem,
            String norm,
            Map<String, String> first,
            Map<String, String> layers,
            IntFunction<String> blocks) {
        String tensor = own.substring(own.lastIndexOf('.'));
        if (own.startsWith("backbone.features.0.")) {
            return (own.startsWith("backbone.features.0.0") ? stem : norm) + tensor;
        }
        String[] parts = own.split("\\.", 5);
        String layer = parts[4].substring(0, parts[4].lastIndexOf('.'));
        int block = Integer.parseInt(parts[2]);
        return blocks.apply(block) + "." + (block == 1 ? first : layers).get(layer) + tensor;
    }

    private void keepBackbone() {
        stored.keySet().removeIf(name -> !name.startsWith(BACKBONE));
    }

    private String[] backbone() {
        return weights.all().keySet().stream()
                .filter(name -> name.startsWith(BACKBONE))
                .toArray(String[]::new);
    }

    /** Blocks without nesting, activations counted; and the part after the low-level features on its own. */
    private static String flat(String name) {
        if (!name.startsWith("backbone.features.") || name.startsWith("backbone.features.0.")) {
            return name;
        }
        String[] parts = name.split("\\.", 5);
        int block = Integer.parseInt(parts[2]);
        String layer = parts[4].substring(0, parts[4].lastIndexOf('.'));
        Map<String, String> layers = block == 1
                ? Map.of("0.0", "0", "0.1", "1", "1", "3", "2", "4")
                : Map.of("0.0", "0", "0.1", "1", "1.0", "3", "1.1", "4", "2", "6", "3", "7");
        String rest = ".conv." + layers.get(layer) + name.substring(name.lastIndexOf('.'));
        return block < 4 ? "backbone.features." + block + rest : "backbone.high_level_features." + (block - 4) + rest;
    }

    private void rename(UnaryOperator<String> to) {
        Map<String, Tensor> renamed = new HashMap<>();
        stored.forEach((name, tensor) -> renamed.put(to.apply(name), tensor));
        stored.clear();
        stored.putAll(renamed);
    }

    private PretrainedReport load() throws IOException {
        Path file = folder.resolve("pretrained.safetensors");
        Safetensors.write(file, TensorFile.of(Map.of(), stored));
        return StateDictLoader.load(file, weights);
    }

    private void assertLoaded(String... names) {
        for (String name : names) {
            NDArray array = weights.all().get(name);
            assertThat(array.toFloatArray())
                    .as(name)
                    .isEqualTo(FormulaTensors.weight(name, array.getShape().getShape()));
        }
    }

    private void assertInvalid(String... messages) {
        assertThatThrownBy(this::load)
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.reason()).isEqualTo(Reason.InvalidWeights))
                .hasMessageContainingAll(messages);
    }
}
