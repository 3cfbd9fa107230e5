package io.viewal.worker.store;

import io.minio.credentials.AwsEnvironmentProvider;
import io.minio.credentials.ChainedProvider;
import io.minio.credentials.IamAwsProvider;
import io.minio.credentials.Provider;
import io.minio.credentials.StaticProvider;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.WorkerEnv;
import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the keys of an S3 server come from; they are never printed. */
final class Credentials {

    private Credentials() {}

    /**
     * Keys of the files {@code accessKey}, {@code secretKey} and perhaps {@code sessionToken} of a folder.
     *
     * @param folder null: those of the environment, or of the pod's identity, as Amazon's SDKs look for it
     */
    static Provider read(Path folder) {
        if (folder == null) {
            return new ChainedProvider(new AwsEnvironmentProvider(), new IamAwsProvider(null, null));
        }
        Path token = folder.resolve(WorkerEnv.SESSION_TOKEN);
        return new StaticProvider(
                line(folder.resolve(WorkerEnv.ACCESS_KEY)),
                line(folder.resolve(WorkerEnv.SECRET_KEY)),
                Files.exists(token) ? line(token) : null);
    }

    private static String line(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new InvalidInputException(
                    Reason.StoreAccessDenied,
                    "The credentials file " + file + " can't be read: give the Secret the entries "
                            + WorkerEnv.ACCESS_KEY + " and " + WorkerEnv.SECRET_KEY,
                    e);
        }
    }
}
