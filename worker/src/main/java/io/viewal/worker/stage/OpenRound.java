package io.viewal.worker.stage;

import io.viewal.contract.LabelParameters;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.StageRequest;
import io.viewal.worker.answer.AnswerLog;
import io.viewal.worker.answer.Asked;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.store.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A round whose regions people are to label, with what a page shows of them. Safe for use by several threads. */
public final class OpenRound {

    private final StageContext context;
    private final PreparedDataset dataset;
    private final LabelSet labels;
    private final SceneScores scores;
    private final Asked asked;
    private final Map<String, Map<String, SelectionCsv.Row>> byScene = new TreeMap<>();
    private final Map<String, OpenScene> scenes = new HashMap<>();

    /**
     * Opens a round; scenes are fetched when they are first looked at.
     *
     * @param request of its LABEL stage
     * @param scratch a folder for what is fetched
     */
    public OpenRound(StageRequest request, ObjectStore store, Path scratch, Clock clock) throws IOException {
        ProgressReporter nobody = new ProgressReporter(request, 0, store, (stage, progress) -> {}, clock);
        this.context = new StageContext(request, 0, store, scratch, nobody, () -> false, clock);
        this.dataset = PreparedDataset.open(context);
        this.labels = LabelSet.read(
                context.fetch(context.input(RoundRequests.LABELS)),
                dataset.manifest().size());
        this.scores = SceneScores.open(context);
        List<SelectionCsv.Row> selection = SelectionCsv.read(
                new String(store.fetch(context.input(RoundRequests.SELECTION)), StandardCharsets.UTF_8));
        this.asked = Asked.of(dataset.manifest(), selection);
        asked.regions()
                .forEach((digest, row) -> byScene.computeIfAbsent(row.scene(), scene -> new TreeMap<>())
                        .put(digest, row));
    }

    /** The round's name. */
    public String name() {
        return context.request().owner().name();
    }

    /** The data set's classes and size. */
    public DatasetManifest manifest() {
        return dataset.manifest();
    }

    /** What is asked of people. */
    public Asked asked() {
        return asked;
    }

    /** How many answers are enough. */
    public LabelParameters parameters() {
        return context.parameters(LabelParameters.class);
    }

    /** What was answered before, and where answers go. */
    public AnswerLog log() {
        return AnsweredSelection.log(context, asked);
    }

    /** The scenes with regions to label, by name. */
    public List<String> scenes() {
        return List.copyOf(byScene.keySet());
    }

    /** One of {@link #scenes()}. */
    public synchronized OpenScene scene(String name) throws IOException {
        OpenScene open = scenes.get(name);
        if (open == null) {
            open = new OpenScene(dataset.scene(name), scores, labels, byScene.get(name));
            scenes.put(name, open);
        }
        return open;
    }
}
