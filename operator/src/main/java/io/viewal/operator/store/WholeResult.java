package io.viewal.operator.store;

import io.viewal.contract.StageResult;
import java.util.Map;

/** Holds what is read from a store to what a result has: anybody who can write there may have written anything. */
final class WholeResult {

    private WholeResult() {}

    /**
     * Checks a result.
     *
     * @param digest of the request that it has to be of
     * @throws IllegalArgumentException naming the first part that is missing or wrong
     */
    static void check(StageResult result, String digest) {
        require(result.stage(), "stage");
        require(result.requestDigest(), "requestDigest");
        if (!result.requestDigest().equals(digest)) {
            throw new IllegalArgumentException("it is the result of another request, " + result.requestDigest());
        }
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
