package io.viewal.worker.store;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.WorkerEnv;
import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keys of an S3 server; never printed. */
record Credentials(String accessKey, String secretKey) {

    /** Reads the files {@code accessKey} and {@code secretKey} of a folder. */
    static Credentials read(Path folder) {
        if (folder == null) {
            throw new InvalidInputException(
                    Reason.StoreAccessDenied,
                    "The S3 store needs credentials: set " + WorkerEnv.CREDENTIALS_DIR
                            + " to a folder with the files accessKey and secretKey");
        }
        return new Credentials(line(folder.resolve(WorkerEnv.ACCESS_KEY)), line(folder.resolve(WorkerEnv.SECRET_KEY)));
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

    @Override
    public String toString() {
        return "Credentials[hidden]";
    }
}
