package io.viewal.worker.model;

import io.viewal.worker.model.network.Weights;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From the names that others give to the same tensors to those of the network: torchvision's, those of a data-parallel
 * module, and the published code's, whose blocks are flat and whose backbone appears a second time in two parts.
 */
final class StateDictNames {

    private static final String DATA_PARALLEL = "module.";
    private static final String FEATURES = "features.";
    private static final String DECODER = "decoder.";
    private static final String COUNTER = "num_batches_tracked";
    private static final Pattern PART = Pattern.compile("backbone\\.(low|high)_level_features\\.(\\d+)\\.(.+)");
    private static final int LOW_LEVEL_MODULES = 4;

    private static final Pattern NESTED = Pattern.compile(".*features\\.\\d+\\.conv\\.\\d+\\.\\d+\\..*");
    private static final Pattern FLAT = Pattern.compile("backbone\\.features\\.(\\d+)\\.conv\\.(\\d+)\\.(\\w+)");
    /** Expand, norm, (ReLU), depthwise, norm, (ReLU), project, norm. */
    private static final Map<String, String> BLOCK =
            Map.of("0", "0.0", "1", "0.1", "3", "1.0", "4", "1.1", "6", "2", "7", "3");
    /** The first block does not expand. */
    private static final Map<String, String> FIRST_BLOCK = Map.of("0", "0.0", "1", "0.1", "3", "1", "4", "2");

    private final boolean flat;
    private final boolean wholeNetwork;

    /** Tells by all names of a file how its blocks are named. */
    StateDictNames(Collection<String> stored) {
        flat = stored.stream().noneMatch(name -> NESTED.matcher(name).matches());
        wholeNetwork = stored.stream().anyMatch(name -> withoutPrefix(name).startsWith(DECODER));
    }

    /** True if the names include a decoder's, not a backbone's alone. */
    boolean wholeNetwork() {
        return wholeNetwork;
    }

    /** The network's name of a tensor; empty for a counter, which no network needs. */
    Optional<String> translate(String stored) {
        if (stored.endsWith(COUNTER)) {
            return Optional.empty();
        }
        String name = withoutPrefix(stored);
        if (name.startsWith(FEATURES)) {
            name = Weights.BACKBONE + name;
        }
        Matcher part = PART.matcher(name);
        if (part.matches()) {
            int shift = part.group(1).equals("high") ? LOW_LEVEL_MODULES : 0;
            int module = Integer.parseInt(part.group(2)) + shift;
            name = Weights.BACKBONE + FEATURES + module + "." + part.group(3);
        }
        return Optional.of(flat ? nest(name) : name);
    }

    private static String nest(String name) {
        Matcher block = FLAT.matcher(name);
        if (!block.matches()) {
            return name;
        }
        Map<String, String> layers = block.group(1).equals("1") ? FIRST_BLOCK : BLOCK;
        String layer = layers.getOrDefault(block.group(2), block.group(2));
        return Weights.BACKBONE + FEATURES + block.group(1) + ".conv." + layer + "." + block.group(3);
    }

    private static String withoutPrefix(String name) {
        return name.startsWith(DATA_PARALLEL) ? name.substring(DATA_PARALLEL.length()) : name;
    }
}
