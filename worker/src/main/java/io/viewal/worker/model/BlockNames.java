package io.viewal.worker.model;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a library names the tensors of a backbone of inverted residuals, whose first block does not expand its input.
 *
 * @param block a block's tensors, with the groups block, layer and tensor; and stage, where blocks are counted in stages
 * @param staged true with the group stage
 * @param layers expansion and its norm, depthwise convolution and its norm, projection and its norm
 * @param firstLayers those of the first block
 * @param stem the first convolution and its norm
 */
record BlockNames(Pattern block, boolean staged, List<String> layers, List<String> firstLayers, List<String> stem) {

    private static final List<String> STEM = List.of("features.0.0", "features.0.1");
    private static final List<String> LAYERS = List.of("0.0", "0.1", "1.0", "1.1", "2", "3");
    private static final List<String> FIRST_LAYERS = List.of("0.0", "0.1", "1", "2");

    /** All ways that are known. */
    static final List<BlockNames> ALL = List.of(
            // The network's own names, which are torchvision's of MobileNetV2.
            new BlockNames(
                    Pattern.compile("features\\.(?<block>\\d+)\\.conv\\.(?<layer>\\d+(?:\\.\\d+)?)\\.(?<tensor>\\w+)"),
                    false,
                    LAYERS,
                    FIRST_LAYERS,
                    STEM),
            // The code published with the paper, where activations count as layers.
            new BlockNames(
                    Pattern.compile("features\\.(?<block>\\d+)\\.conv\\.(?<layer>\\d+)\\.(?<tensor>\\w+)"),
                    false,
                    List.of("0", "1", "3", "4", "6", "7"),
                    List.of("0", "1", "3", "4"),
                    STEM),
            // timm
            new BlockNames(
                    Pattern.compile("blocks\\.(?<stage>\\d+)\\.(?<block>\\d+)\\.(?<layer>\\w+)\\.(?<tensor>\\w+)"),
                    true,
                    List.of("conv_pw", "bn1", "conv_dw", "bn2", "conv_pwl", "bn3"),
                    List.of("conv_dw", "bn1", "conv_pw", "bn2"),
                    List.of("conv_stem", "bn1")),
            // torchvision's EfficientNet, which a user may have built without squeeze-and-excitation.
            new BlockNames(
                    Pattern.compile("features\\.(?<stage>\\d+)\\.(?<block>\\d+)\\.block\\.(?<layer>\\d+\\.\\d+)"
                            + "\\.(?<tensor>\\w+)"),
                    true,
                    List.of("0.0", "0.1", "1.0", "1.1", "2.0", "2.1"),
                    List.of("0.0", "0.1", "1.0", "1.1"),
                    STEM),
            // The packages efficientnet-pytorch and efficientnet-lite-pytorch.
            new BlockNames(
                    Pattern.compile("_blocks\\.(?<block>\\d+)\\.(?<layer>\\w+)\\.(?<tensor>\\w+)"),
                    false,
                    List.of("_expand_conv", "_bn0", "_depthwise_conv", "_bn1", "_project_conv", "_bn2"),
                    List.of("_depthwise_conv", "_bn1", "_project_conv", "_bn2"),
                    List.of("_conv_stem", "_bn0")));

    /** The place of each block among all, from 1, by its numbers in the names. */
    Map<String, Integer> places(Collection<String> names) {
        TreeMap<Integer, String> inOrder = new TreeMap<>();
        for (String name : names) {
            Matcher matcher = block.matcher(name);
            if (matcher.matches()) {
                int stage = staged ? Integer.parseInt(matcher.group("stage")) : 0;
                inOrder.put((stage << Byte.SIZE) + Integer.parseInt(matcher.group("block")), numbers(matcher));
            }
        }
        Map<String, Integer> places = new TreeMap<>();
        inOrder.values().forEach(numbers -> places.put(numbers, places.size() + 1));
        return places;
    }

    /**
     * The network's name of a tensor, below its backbone.
     *
     * @param places of the blocks
     * @return empty for a tensor that is neither of the stem nor of a block's layers
     */
    Optional<String> translate(String name, Map<String, Integer> places) {
        for (int i = 0; i < stem.size(); i++) {
            if (name.startsWith(stem.get(i) + ".")) {
                return Optional.of(STEM.get(i) + name.substring(stem.get(i).length()));
            }
        }
        Matcher matcher = block.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int place = places.get(numbers(matcher));
        int layer = (place == 1 ? firstLayers : layers).indexOf(matcher.group("layer"));
        if (layer < 0) {
            return Optional.empty();
        }
        String own = (place == 1 ? FIRST_LAYERS : LAYERS).get(layer);
        return Optional.of("features." + place + ".conv." + own + "." + matcher.group("tensor"));
    }

    private String numbers(Matcher matcher) {
        return staged ? matcher.group("stage") + "." + matcher.group("block") : matcher.group("block");
    }
}
