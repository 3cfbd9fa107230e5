package io.viewal.worker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.StoreLocation;
import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ObjectStoreIT extends ObjectStoreContract {

    private static S3Server server;
    private static ObjectStore store;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = new S3Server(folder);
        store = ObjectStore.open(server.location(), server.credentials());
    }

    @AfterAll
    static void stop() throws Exception {
        store.close();
        server.close();
    }

    @Override
    ObjectStore store() {
        return store;
    }

    @Test
    void namesTheMissingBucket() {
        StoreLocation wrong = new StoreLocation(server.endpoint(), "no-such-bucket", "", "");
        assertThatThrownBy(() -> ObjectStore.open(wrong, server.credentials()))
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BucketNotFound))
                .hasMessageContaining("no-such-bucket");
    }

    @Test
    void namesWrongCredentialsWithoutShowingThem(@TempDir Path folder) throws IOException {
        Path wrong = S3Server.credentials(folder, "test-access", "not-the-secret");
        assertThatThrownBy(() -> ObjectStore.open(server.location(), wrong))
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.reason()).isEqualTo(Reason.StoreAccessDenied))
                .hasMessageContaining("credentials")
                .hasMessageNotContaining("not-the-secret");
    }

    @Test
    void aStoreThatDoesNotAnswerIsATemporaryFailure() {
        StoreLocation nobody = new StoreLocation("http://127.0.0.1:1", "bucket", "", "");
        Patience none = new Patience(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO);
        assertThatThrownBy(() ->
                        ObjectStore.open(nobody, server.credentials(), none).read("key"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("127.0.0.1:1");
    }
}
