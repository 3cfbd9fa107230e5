package io.viewal.operator.pipeline;

import io.viewal.operator.stage.StageRecord;
import io.viewal.operator.store.StageStore;
import io.viewal.operator.store.Stores;

/** Tells the store which results an owner uses, before it relies on them: they stay as long as somebody does. */
public final class References {

    private final Stores stores;

    public References(Stores stores) {
        this.stores = stores;
    }

    /**
     * Notes what is used now and was not before.
     *
     * @throws io.viewal.operator.store.StoreException when it can't be noted; nothing may be remembered then
     */
    void refer(Pipeline pipeline, Records before, Records after) {
        StageStore store =
                stores.open(pipeline.setting().store(), pipeline.owner().namespace());
        for (StageRecord record : after.list()) {
            if (record.digest() != null
                    && !record.digest().equals(before.of(record.stage()).digest())) {
                store.refer(pipeline.owner(), record.stage(), record.digest());
            }
        }
        if (!begun(before) && begun(after)) {
            pipeline.inputs().forEach(input -> store.refer(pipeline.owner(), input));
        }
    }

    private static boolean begun(Records records) {
        return records.list().stream().anyMatch(record -> record.digest() != null);
    }
}
