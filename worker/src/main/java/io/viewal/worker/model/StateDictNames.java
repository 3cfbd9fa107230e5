package io.viewal.worker.model;

import io.viewal.worker.model.network.Weights;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From the names that others give to the same tensors to those of the network. What a module is wrapped in comes off:
 * {@code module.}, {@code model.}, {@code _orig_mod.}, {@code state_dict.} and so on, in any order. Where a file has an
 * exponential moving average of the weights beside them, the average is taken, as timm does. The blocks may be named as by
 * any of {@link BlockNames#ALL}; in the published code's files the backbone appears a second time in two parts.
 */
final class StateDictNames {

    private static final Set<String> WRAPPERS = Set.of(
            "state_dict",
            "model_state_dict",
            "model_state",
            "model",
            "module",
            "_orig_mod",
            "net",
            "network",
            "encoder",
            "backbone");
    private static final Set<String> AVERAGES =
            Set.of("ema", "model_ema", "state_dict_ema", "ema_state_dict", "model_ema_state_dict", "ema_model");
    private static final String COUNTER = "num_batches_tracked";
    private static final String FEATURES = "features.";
    private static final Pattern PART = Pattern.compile("(low|high)_level_features\\.(\\d+)\\.(.+)");
    private static final int LOW_LEVEL_MODULES = 4;

    private final Map<String, String> own;
    private final Optional<String> average;

    private StateDictNames(Map<String, String> own, Optional<String> average) {
        this.own = own;
        this.average = average;
    }

    /**
     * Tells by all names of a file how they were given.
     *
     * @param network the names of the network
     */
    static StateDictNames of(Collection<String> stored, Set<String> network) {
        List<Name> names = stored.stream()
                .filter(name -> !name.endsWith(COUNTER))
                .map(StateDictNames::unwrapped)
                .toList();
        Map<String, String> averaged = best(names, name -> name.average().isPresent(), network);
        if (averaged.values().stream().anyMatch(network::contains)) {
            return new StateDictNames(
                    averaged,
                    names.stream().flatMap(name -> name.average().stream()).findFirst());
        }
        return new StateDictNames(best(names, name -> true, network), Optional.empty());
    }

    /** The network's names by the file's, as far as known; otherwise what is left without wrappers. */
    Map<String, String> own() {
        return own;
    }

    /** What the moving average is called that the names are of. */
    Optional<String> average() {
        return average;
    }

    /** As the library names them that fits the most. */
    private static Map<String, String> best(List<Name> all, Predicate<Name> wanted, Set<String> network) {
        List<Name> names = all.stream().filter(wanted).toList();
        List<String> inner = names.stream().map(Name::inner).toList();
        Map<String, String> best = Map.of();
        long most = -1;
        for (BlockNames blocks : BlockNames.ALL) {
            Map<String, Integer> places = blocks.places(inner);
            Map<String, String> own = new LinkedHashMap<>();
            names.forEach(name -> own.put(name.stored(), translate(blocks, name.inner(), places)));
            long known = own.values().stream().filter(network::contains).count();
            if (known > most) {
                most = known;
                best = own;
            }
        }
        return best;
    }

    private static String translate(BlockNames blocks, String name, Map<String, Integer> places) {
        String own = blocks.translate(name, places).orElse(name);
        return own.startsWith(FEATURES) ? Weights.BACKBONE + own : own;
    }

    private static Name unwrapped(String stored) {
        Optional<String> average = Optional.empty();
        String inner = stored;
        for (int dot = inner.indexOf('.'); dot > 0; dot = inner.indexOf('.')) {
            String first = inner.substring(0, dot);
            if (AVERAGES.contains(first)) {
                average = Optional.of(first);
            } else if (!WRAPPERS.contains(first)) {
                break;
            }
            inner = inner.substring(dot + 1);
        }
        Matcher part = PART.matcher(inner);
        if (part.matches()) {
            int shift = part.group(1).equals("high") ? LOW_LEVEL_MODULES : 0;
            inner = FEATURES + (Integer.parseInt(part.group(2)) + shift) + "." + part.group(3);
        }
        return new Name(stored, average, inner);
    }

    /** A name in the file, the moving average that it is of, and what is left without wrappers. */
    private record Name(String stored, Optional<String> average, String inner) {}
}
