package io.viewal.operator.pipeline;

import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.contract.ArtifactRef;
import java.util.Optional;

/** Tells what lies in stores. */
@FunctionalInterface
public interface StoreContents {

    /**
     * What an object is; empty when there is none.
     *
     * @throws io.viewal.operator.store.StoreException when the store can't be asked
     */
    Optional<ArtifactRef> identify(StoreReference store, String key);
}
