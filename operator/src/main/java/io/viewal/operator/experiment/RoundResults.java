package io.viewal.operator.experiment;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.MultiViewDataset;
import io.viewal.api.v1alpha1.StageStatus;
import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.contract.ArtifactRef;
import io.viewal.contract.Owner;
import io.viewal.contract.Stage;
import io.viewal.contract.StoreLayout;
import io.viewal.operator.store.StageStore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the committed results of rounds, and of the data set that they share.
 *
 * @param dataset empty when it is gone
 */
record RoundResults(StageStore store, StoreReference reference, Optional<MultiViewDataset> dataset) {

    /** The results by stage, one a shard; a stage that has none is left out. */
    Map<Stage, List<ArtifactRef>> of(ActiveLearningRound round) {
        Map<Stage, List<ArtifactRef>> results = new EnumMap<>(Stage.class);
        Owner owner = owner(round.getKind(), round.getMetadata());
        for (StageStatus status : round.getStatus().stages()) {
            Stage stage = Stage.valueOf(status.stage().toUpperCase(Locale.ROOT));
            int shards = stage == Stage.SCORE ? round.getSpec().scoring().shards() : 1;
            add(results, owner, stage, status, shards);
        }
        dataset.ifPresent(prepared -> add(
                results,
                owner(prepared.getKind(), prepared.getMetadata()),
                Stage.PREPARE,
                prepared.getStatus().stages().getFirst(),
                prepared.getSpec().shards()));
        return results;
    }

    private static Owner owner(String kind, ObjectMeta meta) {
        return new Owner(kind, meta.getNamespace(), meta.getName(), meta.getUid());
    }

    private void add(Map<Stage, List<ArtifactRef>> results, Owner owner, Stage stage, StageStatus status, int shards) {
        if (status.state() != StageStatus.State.Complete) {
            return;
        }
        StoreLayout layout = new StoreLayout(reference.prefix(), owner, stage, status.requestDigest(), shards);
        List<ArtifactRef> found = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            store.identify(layout.resultKey(shard)).ifPresent(found::add);
        }
        if (found.size() == shards) {
            results.put(stage, found);
        }
    }
}
