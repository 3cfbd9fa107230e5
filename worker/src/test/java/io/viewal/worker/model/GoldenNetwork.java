package io.viewal.worker.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.viewal.worker.SharedData;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.golden.GoldenFields;
import io.viewal.worker.model.network.BackboneFeatures;
import io.viewal.worker.model.network.ChannelMask;
import io.viewal.worker.model.network.ChannelMasks;
import io.viewal.worker.model.network.Weights;
import io.viewal.worker.model.weights.Tensor;
import io.viewal.worker.npy.NpyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The published network in float64: weights, frames, labels and channel masks by its integer recipes, and what it makes of
 * them ({@code golden/network} of the shared data).
 */
final class GoldenNetwork {

    static final ImageSize SIZE = new ImageSize(320, 240);
    static final int FRAMES = 2;

    private static final int PLANE = SIZE.pixels();
    private static final Pattern FLAT = Pattern.compile("backbone\\.features\\.([1-9]\\d*)\\.conv\\.(\\d)\\.(\\w+)");
    private static final Map<String, String> FIRST_BLOCK = Map.of("0", "0.0", "1", "0.1", "3", "1", "4", "2");
    private static final Map<String, String> BLOCK =
            Map.of("0", "0.0", "1", "0.1", "3", "1.0", "4", "1.1", "6", "2", "7", "3");

    private final Path folder = SharedData.folder("golden").resolve("network");
    private final JsonNode numbers;
    private final JsonNode recipe;

    GoldenNetwork() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        numbers = mapper.readTree(folder.resolve("network.json").toFile());
        recipe = mapper.readTree(folder.resolve("weights-recipe.json").toFile());
    }

    /** A named number or table. */
    JsonNode numbers(String name) {
        return numbers.get(name);
    }

    int classes() {
        return numbers.get("classes").asInt();
    }

    /** A stored array. */
    double[] array(String name) throws IOException {
        NpyFile file = NpyFile.open(folder.resolve(name + ".npy"));
        double[] values = new double[(int) file.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = file.get(i);
        }
        return values;
    }

    /** Overwrites all weights. */
    void fill(Weights weights) {
        recipe.properties()
                .forEach(entry ->
                        Tensors.copy(weight(entry.getKey()), weights.all().get(ownName(entry.getKey()))));
    }

    /** A tensor by its published name. */
    Tensor weight(String name) {
        JsonNode shape = recipe.get(name).get("shape");
        long[] dimensions = new long[shape.size()];
        int count = 1;
        for (int d = 0; d < dimensions.length; d++) {
            dimensions[d] = shape.get(d).asLong();
            count *= (int) dimensions[d];
        }
        JsonNode how = recipe.get(name).get("how");
        float scale = Math.scalb(1f, how.get(1).asInt());
        float shift = how.get(0).asText().equals("one-plus") ? 1 : 0;
        CRC32 crc = new CRC32();
        crc.update((numbers.get("salt").asText() + name).getBytes(StandardCharsets.UTF_8));
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            int bits = GoldenFields.mix((int) crc.getValue() ^ i * 0x9E3779B9) >>> 8;
            values[i] = shift + scale * (bits / (float) (1 << 24) - 0.5f);
        }
        return new Tensor(dimensions, values);
    }

    /** Our name of a tensor: the published blocks are flat, and count their activations. */
    static String ownName(String published) {
        Matcher block = FLAT.matcher(published);
        if (!block.matches()) {
            return published;
        }
        Map<String, String> layers = block.group(1).equals("1") ? FIRST_BLOCK : BLOCK;
        return "backbone.features." + block.group(1) + ".conv." + layers.get(block.group(2)) + "." + block.group(3);
    }

    /** Both frames, normalised, with their labels. */
    Batch batch() {
        float[] images = new float[FRAMES * 3 * PLANE];
        byte[] labels = new byte[FRAMES * PLANE];
        for (int frame = 0; frame < FRAMES; frame++) {
            for (int channel = 0; channel < 3; channel++) {
                int[] grid = GoldenFields.grid(3, frame, 0, channel);
                for (int i = 0; i < PLANE; i++) {
                    double value = GoldenFields.interpolated(grid, i / SIZE.width(), i % SIZE.width());
                    images[(frame * 3 + channel) * PLANE + i] = (float) (value / 65280 * 4 - 2);
                }
            }
            int[] classes = GoldenFields.grid(4, frame, 0, 0);
            int[] unknown = GoldenFields.grid(5, frame, 0, 0);
            for (int i = 0; i < PLANE; i++) {
                int y = i / SIZE.width();
                int x = i % SIZE.width();
                long label = (GoldenFields.interpolated(classes, y, x) >> 9) % classes();
                labels[frame * PLANE + i] =
                        (byte) (GoldenFields.interpolated(unknown, y, x) > 45_000 ? VoidLabel.ID : label);
            }
        }
        return new Batch(images, labels);
    }

    /** The channels that each frame keeps. */
    static ChannelMasks masks() {
        return frame -> new ChannelMask(
                kept(frame, BackboneFeatures.LOW_CHANNELS), kept(frame, BackboneFeatures.HIGH_CHANNELS));
    }

    private static boolean[] kept(int frame, int channels) {
        boolean[] kept = new boolean[channels];
        for (int i = 0; i < channels; i++) {
            kept[i] = GoldenFields.mix((1000 * frame + channels) * 7919 + i) >>> 30 != 0;
        }
        return kept;
    }
}
