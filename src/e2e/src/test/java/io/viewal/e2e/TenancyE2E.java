package io.viewal.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.RemoveObjectArgs;
import io.minio.errors.ErrorResponseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two namespaces whose users have keys of their own, under the bucket policy of {@code src/examples/tenancy}. */
class TenancyE2E {

    @RegisterExtension
    static final Installation VIEWAL = new Installation();

    @TempDir
    private Path folder;

    @Test
    void neitherOfTwoTenantsReadsTheOthersObjects() throws Exception {
        Path keysOfA = keys("team-a");
        Path keysOfB = keys("team-b");
        Tenant teamA = VIEWAL.tenant("team-a", keysOfA);
        Tenant teamB = VIEWAL.tenant("team-b", keysOfB);
        Path policy = VIEWAL.shell().root().resolve("src/examples/tenancy/bucket-policy.json");
        // Users are named as the example's namespaces; the tests' namespaces, and the class, have names of their own.
        VIEWAL.setBucketPolicy(Files.readString(policy)
                .replace("runs/team-a/", teamA.namespace() + "/")
                .replace("runs/team-b/", teamB.namespace() + "/"));
        teamA.apply(Manifests.rooms("rooms"));
        teamB.apply(Manifests.rooms("rooms"));
        String ofA = key(teamA.awaitReady("MultiViewDataset", "rooms", Duration.ofMinutes(3)));
        String ofB = key(teamB.awaitReady("MultiViewDataset", "rooms", Duration.ofMinutes(3)));

        try (MinioClient a = VIEWAL.client(keysOfA)) {
            assertThat(read(a, ofA)).isNotEmpty();
            assertDenied(() -> read(a, ofB));
            assertDenied(() -> a.listObjects(ListObjectsArgs.builder()
                            .bucket(VIEWAL.bucket())
                            .prefix(teamB.namespace() + "/")
                            .build())
                    .iterator()
                    .next()
                    .get());
            assertDenied(() -> a.removeObject(RemoveObjectArgs.builder()
                    .bucket(VIEWAL.bucket())
                    .object(ofB)
                    .build()));
        }
        try (MinioClient b = VIEWAL.client(keysOfB)) {
            assertThat(read(b, ofB)).isNotEmpty();
            assertDenied(() -> read(b, ofA));
        }
    }

    private Path keys(String user) throws IOException {
        Path keys = Files.createDirectory(folder.resolve(user));
        Files.writeString(keys.resolve("accessKey"), user);
        Files.writeString(keys.resolve("secretKey"), "the-secret-of-" + user);
        VIEWAL.shell().dev("cluster", "store-user", keys.toString());
        return keys;
    }

    private static String key(JsonNode dataset) {
        String uri = dataset.at("/status/artifacts/dataset/uri").asText();
        return uri.substring(("s3://" + VIEWAL.bucket() + "/").length());
    }

    private static byte[] read(MinioClient client, String key) throws Exception {
        try (var content = client.getObject(
                GetObjectArgs.builder().bucket(VIEWAL.bucket()).object(key).build())) {
            return content.readAllBytes();
        }
    }

    private static void assertDenied(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ErrorResponseException.class,
                        e -> assertThat(e.errorResponse().code()).isEqualTo("AccessDenied"));
    }
}
