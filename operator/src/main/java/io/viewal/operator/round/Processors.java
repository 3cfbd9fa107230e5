package io.viewal.operator.round;

import io.viewal.contract.Fact;
import io.viewal.contract.Stage;
import io.viewal.operator.pipeline.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a round's stages ran on, as far as it decides the last bits of their numbers; see {@link Fact#PROCESSOR}. */
final class Processors {

    private Processors() {}

    /** One capability where all stages share it; otherwise each with its stages, and what follows from it. */
    static Optional<String> of(Results done) {
        Map<String, List<String>> stages = new TreeMap<>();
        Stage.ROUND.stream()
                .filter(done::has)
                .forEach(stage -> done.shards(stage).stream()
                        .map(result -> result.facts().get(Fact.PROCESSOR))
                        .filter(capability -> capability != null)
                        .distinct()
                        .forEach(capability -> stages.computeIfAbsent(capability, key -> new ArrayList<>())
                                .add(stage.name())));
        if (stages.size() < 2) {
            return stages.keySet().stream().findFirst();
        }
        return Optional.of(stages.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
                .collect(Collectors.joining(
                        "; ",
                        "",
                        "; valid, but another run is the same byte for byte only on the" + " same processors")));
    }
}
