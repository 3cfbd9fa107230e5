package io.viewal.operator.store;

import io.viewal.contract.WorkerEnv;
import io.viewal.operator.condition.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The operator's own copies of store credentials, mounted as {@code <root>/<secret name>/accessKey} and
 * {@code secretKey}. Read anew each time, so that a rotated Secret is used without a restart, and so that the operator
 * needs no right to read Secrets.
 */
final class CredentialFiles {

    private final Path root;

    CredentialFiles(Path root) {
        this.root = root;
    }

    /**
     * Reads the credentials that a Secret of this name holds.
     *
     * @throws StoreException {@code StoreCredentialsMissing}
     */
    Credentials read(String secretName) {
        Path folder = root.resolve(secretName);
        try {
            return new Credentials(
                    Files.readString(folder.resolve(WorkerEnv.ACCESS_KEY)).strip(),
                    Files.readString(folder.resolve(WorkerEnv.SECRET_KEY)).strip());
        } catch (IOException e) {
            throw new StoreException(
                    Reason.StoreCredentialsMissing,
                    ("The operator has no credentials named '%s': make the Secret '%s' with the entries %s and %s in the"
                                    + " operator's namespace and name it in the chart's value storeCredentials")
                            .formatted(secretName, secretName, WorkerEnv.ACCESS_KEY, WorkerEnv.SECRET_KEY),
                    e);
        }
    }
}
