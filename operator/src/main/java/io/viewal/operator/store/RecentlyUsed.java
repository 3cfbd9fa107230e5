package io.viewal.operator.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps what was used last of what never changes, so that it is not asked for at each look. */
final class RecentlyUsed<V> extends LinkedHashMap<String, V> {

    private static final long serialVersionUID = 1L;
    private static final int MOST = 4096;

    private RecentlyUsed() {
        super(64, 0.75f, true);
    }

    static <V> Map<String, V> cache() {
        return Collections.synchronizedMap(new RecentlyUsed<>());
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MOST;
    }
}
