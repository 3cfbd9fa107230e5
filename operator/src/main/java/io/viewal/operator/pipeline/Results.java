package io.viewal.operator.pipeline;

import io.viewal.contract.Stage;
import io.viewal.contract.StageResult;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Committed results by stage.
 *
 * @param byStage one result a shard, in their order
 */
public record Results(Map<Stage, List<StageResult>> byStage) {

    /** Nothing committed yet. */
    public static final Results NONE = new Results(Map.of());

    public Results {
        byStage = Map.copyOf(byStage);
    }

    /** The shards' results of a stage that is committed. */
    public List<StageResult> shards(Stage stage) {
        return byStage.get(stage);
    }

    /** The result of a stage that is committed and has one shard. */
    public StageResult single(Stage stage) {
        return shards(stage).getFirst();
    }

    /** True when the stage is committed. */
    public boolean has(Stage stage) {
        return byStage.containsKey(stage);
    }

    /** The facts of the committed stages; those of a stage with several shards are the first one's. */
    Map<Stage, Map<String, String>> facts() {
        Map<Stage, Map<String, String>> facts = new EnumMap<>(Stage.class);
        byStage.forEach((stage, shards) -> facts.put(stage, shards.getFirst().facts()));
        return facts;
    }

    Results with(Stage stage, List<StageResult> shards) {
        Map<Stage, List<StageResult>> next = new EnumMap<>(Stage.class);
        next.putAll(byStage);
        next.put(stage, List.copyOf(shards));
        return new Results(next);
    }
}
