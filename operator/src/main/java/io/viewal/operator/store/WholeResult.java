package io.viewal.operator.store;

import io.viewal.contract.StageResult;
import java.util.Map;

/** Holds what is read from a store to what a result has: anybody who can write there may have written anything. */
final class WholeResult {

    private WholeResult() {}

    /** @throws IllegalArgumentException naming the first part that is missing */
    static void check(StageResult result) {
        require(result.stage(), "stage");
        require(result.requestDigest(), "requestDigest");
        requireValues(result.inputs(), "inputs");
        requireValues(result.artifacts(), "artifacts");
        requireValues(result.metrics(), "metrics");
        requireValues(result.facts(), "facts");
    }

    private static void requireValues(Map<String, ?> map, String name) {
        require(map, name);
        map.forEach((key, value) -> require(value, name + "." + key));
    }

    private static void require(Object part, String name) {
        if (part == null) {
            throw new IllegalArgumentException("'" + name + "' is missing");
        }
    }
}
