package io.viewal.worker.acquisition;

import io.viewal.contract.ContractJson;
import java.util.List;

/** Seeds of parts, so that what is drawn for a frame does not depend on the frames before it. */
public final class Seeds {

    private Seeds() {}

    /** A seed for the named part, from the first 64 bits of a SHA-256. */
    public static long of(long seed, String... names) {
        byte[] json = ContractJson.toBytes(List.of(seed, List.of(names)));
        return Long.parseUnsignedLong(ContractJson.sha256(json).substring(0, 16), 16);
    }
}
