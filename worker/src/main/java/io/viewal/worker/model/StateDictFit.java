package io.viewal.worker.model;

import io.viewal.worker.model.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How a state dict's tensors fit a network's, by names and shapes alone.
 *
 * @param stored shapes by the file's names
 * @param network shapes by the network's names
 * @param names of the file by those of the network; several where the file repeats a tensor
 * @param unexpected names of the file that the network does not have
 * @param average what the moving average is called that was taken, if one was
 */
record StateDictFit(
        Map<String, long[]> stored,
        Map<String, long[]> network,
        Map<String, List<String>> names,
        List<String> unexpected,
        Optional<String> average) {

    /** The classifier depends on the classes, so another number of them is no error. */
    private static final String CLASSIFIER = "decoder.last_conv.8.";
    /** Where a tensor too many tells another network; heads of classifiers are outside. */
    private static final Pattern INSIDE =
            Pattern.compile("(?:.*\\.)?(?:_?blocks\\.\\d+|features\\.\\d+\\.(?:conv|\\d+\\.block))\\..*");

    private static final int NAMED = 2;

    static StateDictFit of(Map<String, long[]> stored, Map<String, long[]> network) {
        StateDictNames translated = StateDictNames.of(stored.keySet(), network.keySet());
        Map<String, List<String>> names = new LinkedHashMap<>();
        List<String> unexpected = new ArrayList<>();
        new TreeMap<>(translated.own()).forEach((name, own) -> {
            if (network.containsKey(own)) {
                names.computeIfAbsent(own, o -> new ArrayList<>()).add(name);
            } else {
                unexpected.add(name);
            }
        });
        return new StateDictFit(stored, network, names, unexpected, translated.average());
    }

    /** Tensors of the network that the file has in their shape. */
    List<String> matched() {
        return where(name -> names.containsKey(name) && sameShape(name));
    }

    /** Tensors of the network that the file lacks, or whose number of classes is another. */
    List<String> missing() {
        return where(name -> !names.containsKey(name) || (isClassifier(name) && !sameShape(name)));
    }

    /** Tensors of the network that the file has in another shape. */
    List<String> misshapen() {
        return where(name -> names.containsKey(name) && !sameShape(name) && !isClassifier(name));
    }

    /** True if the file fills the backbone, or, as it has more than that, the network but for its classifier. */
    boolean fits() {
        boolean whole = names.keySet().stream().anyMatch(name -> !name.startsWith(Weights.BACKBONE));
        return misshapen().isEmpty()
                && unexpected.stream().noneMatch(StateDictFit::isInside)
                && missing().stream().allMatch(name -> whole ? isClassifier(name) : !name.startsWith(Weights.BACKBONE));
    }

    /** True if the file has all layers of the backbone and no other, some with another number of channels. */
    boolean isOfOtherWidth() {
        return !misshapen().isEmpty()
                && unexpected.stream().noneMatch(StateDictFit::isInside)
                && missing().stream().noneMatch(name -> name.startsWith(Weights.BACKBONE));
    }

    /** What was taken. */
    PretrainedReport report() {
        List<String> remarks = new ArrayList<>();
        average.ifPresent(name -> remarks.add("of the moving average '" + name + "'"));
        where(name -> names.containsKey(name) && isClassifier(name) && !sameShape(name))
                .forEach(name -> remarks.add(differing(name) + " for these classes: it begins anew"));
        return new PretrainedReport(matched(), missing(), unexpected, remarks);
    }

    /** What does not fit: counts, and the first of each kind with shapes and the nearest name. */
    String problem() {
        List<String> misshapen = misshapen();
        List<String> missing = missing();
        List<String> parts = new ArrayList<>();
        parts.add(report() + (misshapen.isEmpty() ? "" : ", " + misshapen.size() + " of another shape"));
        misshapen.stream().limit(NAMED).map(this::differing).forEach(parts::add);
        unexpected.stream()
                .filter(name -> misshapen.isEmpty() || isInside(name))
                .sorted(Comparator.comparing(name -> !isInside(name)))
                .limit(NAMED)
                .map(name -> withNearest(name, missing.isEmpty() ? network.keySet() : missing))
                .forEach(parts::add);
        missing.stream()
                .filter(name -> name.startsWith(Weights.BACKBONE))
                .limit(NAMED)
                .map(name -> "'%s' %s is missing".formatted(name, text(network.get(name))))
                .forEach(parts::add);
        return String.join("; ", parts);
    }

    private String withNearest(String name, Collection<String> candidates) {
        String nearest = candidates.stream()
                .min(Comparator.comparingInt(candidate -> EditDistance.between(name, candidate)))
                .orElseThrow();
        return "'%s' %s is unexpected, the nearest name is '%s' %s"
                .formatted(name, text(stored.get(name)), nearest, text(network.get(nearest)));
    }

    private static boolean isInside(String name) {
        return INSIDE.matcher(name).matches();
    }

    private String differing(String name) {
        String first = names.get(name).getFirst();
        return "'%s' has the shape %s, expected %s".formatted(first, text(stored.get(first)), text(network.get(name)));
    }

    private List<String> where(Predicate<String> condition) {
        return network.keySet().stream().filter(condition).toList();
    }

    private boolean sameShape(String name) {
        return Arrays.equals(stored.get(names.get(name).getFirst()), network.get(name));
    }

    private static boolean isClassifier(String name) {
        return name.startsWith(CLASSIFIER);
    }

    private static String text(long[] shape) {
        return Arrays.toString(shape);
    }
}
