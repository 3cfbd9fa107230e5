package io.viewal.operator.job;

import io.viewal.contract.ContractJson;
import io.viewal.contract.Owner;
import io.viewal.contract.Stage;
import java.nio.charset.StandardCharsets;

/**
 * Names of stage Jobs: {@code <owner>-<stage>-<attempt>-<hash of the owner's uid>}. The same attempt has the same name
 * whoever asks, so that two operators can't both launch it: the second one's create is answered 409.
 */
public final class JobNames {

    /** The Job controller writes the name into a label. */
    static final int MAX_LENGTH = 63;

    /** What the Job controller adds for the pod of a shard: {@code -0} to {@code -255}. */
    private static final int INDEX_LENGTH = 4;

    private static final int HASH_LENGTH = 8;

    private JobNames() {}

    /** The name of an attempt's Job. */
    public static String of(Owner owner, Stage stage, int attempt) {
        String hash = ContractJson.sha256((owner.kind() + "/" + owner.uid()).getBytes(StandardCharsets.UTF_8))
                .substring(0, HASH_LENGTH);
        String tail = "-%s-%d-%s".formatted(stage.key(), attempt, hash);
        // A Pod's host name may not hold a dot.
        String head = owner.name().replace('.', '-');
        int room = MAX_LENGTH - INDEX_LENGTH - tail.length();
        return (head.length() <= room ? head : head.substring(0, room)) + tail;
    }
}
