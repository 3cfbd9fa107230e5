package io.viewal.worker.cli;

import io.viewal.contract.ContractJson;
import io.viewal.contract.Owner;
import io.viewal.contract.Stage;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StageResult;
import io.viewal.contract.StoreKeys;
import io.viewal.contract.StoreLayout;
import io.viewal.worker.store.ObjectStore;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which result each stage of a round or data set has by its name, as the references in the store say: what a cluster has in
 * the status. A name has one result a stage; what it had before, of other parameters, it lets go.
 */
final class LocalReferences {

    private final ObjectStore store;
    private final String prefix;

    /** @param prefix of the store */
    LocalReferences(ObjectStore store, String prefix) {
        this.store = store;
        this.prefix = prefix;
    }

    /** Notes that the request's owner has this result. */
    void refer(StageRequest request) {
        String key = request.layout().referenceKey();
        store.put(key, ContractJson.toBytes(request.owner()));
        layouts(request.owner(), request.stage())
                .map(StoreLayout::referenceKey)
                .filter(other -> !other.equals(key))
                .forEach(store::delete);
    }

    /** The result that a name has; empty when it has none. */
    Optional<StageResult> find(Owner owner, Stage stage) {
        return layouts(owner, stage)
                .filter(layout -> store.read(layout.referenceKey()).isPresent())
                .flatMap(layout -> store.read(layout.resultKey(0)).stream())
                .map(json -> ContractJson.read(json, StageResult.class))
                .findFirst();
    }

    /** Where all results of a stage lie. */
    private Stream<StoreLayout> layouts(Owner owner, Stage stage) {
        return store.folders(StoreKeys.join(prefix, owner.namespace(), "results", stage.key())).stream()
                .map(digest -> new StoreLayout(prefix, owner, stage, digest, 1));
    }
}
