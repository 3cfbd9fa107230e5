package io.viewal.operator.store;

import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.contract.WorkerEnv;
import io.viewal.operator.condition.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The operator's own copies of store credentials, mounted as {@code <secret>/accessKey}, {@code secretKey} and perhaps
 * {@code sessionToken}, and of certificate authorities, mounted as {@code <configMap>/ca.crt}. Read anew each time, so that
 * what is rotated is used without a restart, and so that the operator needs no right to read Secrets.
 *
 * @param credentials holds a folder for each Secret
 * @param authorities holds a folder for each ConfigMap
 */
public record AccessFiles(Path credentials, Path authorities) {

    private static final String CERTIFICATES = "ca.crt";

    /**
     * Reads what opens a store.
     *
     * @throws StoreException {@code StoreCredentialsMissing} or {@code StoreNotTrusted}
     */
    Access read(StoreReference store) {
        Credentials keys = store.credentialsSecretName() == null ? null : keys(store.credentialsSecretName());
        if (store.caConfigMapName() == null) {
            return new Access(keys, null, null);
        }
        Path file = authorities.resolve(store.caConfigMapName()).resolve(CERTIFICATES);
        return new Access(keys, file, pem(file, store.caConfigMapName()));
    }

    private Credentials keys(String secretName) {
        Path folder = credentials.resolve(secretName);
        Path token = folder.resolve(WorkerEnv.SESSION_TOKEN);
        try {
            return new Credentials(
                    Files.readString(folder.resolve(WorkerEnv.ACCESS_KEY)).strip(),
                    Files.readString(folder.resolve(WorkerEnv.SECRET_KEY)).strip(),
                    Files.exists(token) ? Files.readString(token).strip() : null);
        } catch (IOException e) {
            throw new StoreException(
                    Reason.StoreCredentialsMissing,
                    ("The operator has no credentials named '%s': make the Secret '%s' with the entries %s and %s in the"
                                    + " operator's namespace and name it in the chart's value storeCredentials")
                            .formatted(secretName, secretName, WorkerEnv.ACCESS_KEY, WorkerEnv.SECRET_KEY),
                    e);
        }
    }

    private static String pem(Path file, String configMapName) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new StoreException(
                    Reason.StoreNotTrusted,
                    ("The operator has no certificate authorities named '%s': make the ConfigMap '%s' with the entry %s in"
                                    + " the operator's namespace and name it in the chart's value storeAuthorities")
                            .formatted(configMapName, configMapName, CERTIFICATES),
                    e);
        }
    }
}
