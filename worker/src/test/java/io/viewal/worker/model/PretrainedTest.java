package io.viewal.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.model.network.DeepLabV3Plus;
import io.viewal.worker.model.network.Weights;
import io.viewal.worker.model.weights.Safetensors;
import io.viewal.worker.model.weights.Tensor;
import io.viewal.worker.model.weights.TensorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainedTest {

    private static final int CLASSES = 3;
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
        new DeepLabV3Plus(weights, CLASSES);
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

    @Test
    void keepsItsOwnClassifierWhenTheClassesDiffer() throws IOException {
        rename(name -> "module." + name);
        stored.put("module.decoder.last_conv.8.weight", new Tensor(new long[] {7, 256, 1, 1}, new float[7 * 256]));
        stored.put("module.decoder.last_conv.8.bias", new Tensor(new long[] {7}, new float[7]));

        PretrainedReport report = load();

        assertThat(report.missing()).containsExactly("decoder.last_conv.8.weight", "decoder.last_conv.8.bias");
        assertLoaded(STEM, "decoder.last_conv.4.weight");
    }

    @Test
    void refusesAnotherArchitecture() {
        rename(name -> "layer1." + name);

        assertInvalid("another network", "0 tensors matched");
    }

    @Test
    void refusesTensorsOfAnotherShape() {
        stored.put(STEM, new Tensor(new long[] {16, 3, 3, 3}, new float[16 * 27]));

        assertInvalid(STEM, "[16, 3, 3, 3]", "(32, 3, 3, 3)");
    }

    @Test
    void refusesBackbonesWithMissingParts() {
        stored.remove(EXPAND);

        assertInvalid("1 missing", EXPAND);
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
