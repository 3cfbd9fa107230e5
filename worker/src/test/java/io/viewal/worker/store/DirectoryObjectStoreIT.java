package io.viewal.worker.store;

import io.viewal.contract.StoreLocation;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class DirectoryObjectStoreIT extends ObjectStoreContract {

    @TempDir
    Path root;

    private ObjectStore store;

    @BeforeEach
    void open() {
        store = ObjectStore.open(new StoreLocation("dir:" + root.resolve("store"), "", "", ""), null);
    }

    @Override
    ObjectStore store() {
        return store;
    }
}
