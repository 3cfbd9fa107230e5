package io.viewal.operator.store;

import io.viewal.contract.StageResult;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the newest committed results: they never change, so a round's stages are read once and not at each look. */
final class Committed extends LinkedHashMap<String, StageResult> {

    private static final long serialVersionUID = 1L;
    private static final int MAX_RESULTS = 4096;

    private Committed() {
        super(64, 0.75f, true);
    }

    static Map<String, StageResult> cache() {
        return Collections.synchronizedMap(new Committed());
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, StageResult> eldest) {
        return size() > MAX_RESULTS;
    }
}
