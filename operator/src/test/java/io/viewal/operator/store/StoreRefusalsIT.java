package io.viewal.operator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.contract.Addressing;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.harness.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store refuses is said in its own words, with what to change. */
class StoreRefusalsIT {

    @TempDir
    private static Path authorities;

    private static S3Server server;

    @BeforeAll
    static void start() throws Exception {
        server = S3Server.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static StoreReference at(String endpoint, String secret) {
        return new StoreReference(endpoint, S3Server.BUCKET, "", "", secret);
    }

    private static StageStore open(StoreReference store) {
        return new Stores(new AccessFiles(server.credentials(), authorities), Clock.systemUTC()).open(store, "demo");
    }

    private static StoreReference trusted(String configMap) {
        return new StoreReference(
                server.secureEndpoint(), S3Server.BUCKET, "", "", S3Server.SECRET, Addressing.Path, configMap);
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(StoreReference store, Reason reason) {
        return assertThatThrownBy(() -> open(store).probe())
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void keysThatDoNotFit() {
        assertRefused(at(server.endpoint(), "wrong-store"), Reason.StoreAccessDenied)
                .hasMessageContainingAll("SignatureDoesNotMatch: ", "'wrong-store'")
                .hasMessageNotContaining("not-the-secret-key");
    }

    @Test
    void credentialsThatHaveExpired() throws IOException {
        try (CannedServer canned = CannedServer.refusing(400, "ExpiredToken", "The provided token has expired.")) {
            assertRefused(at(canned.endpoint(), S3Server.SECRET), Reason.StoreAccessDenied)
                    .hasMessageContainingAll("ExpiredToken: The provided token has expired", "renew the Secret");
        }
    }

    @Test
    void anotherRegion() throws IOException {
        try (CannedServer canned = CannedServer.refusing(
                400,
                "AuthorizationHeaderMalformed",
                "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-central-1'")) {
            assertRefused(at(canned.endpoint(), S3Server.SECRET), Reason.StoreRegionWrong)
                    .hasMessageContainingAll("expecting 'eu-central-1'", "store.region");
        }
    }

    @Test
    void anotherAddressOfTheBucket() throws IOException {
        try (CannedServer canned = CannedServer.refusing(
                301, "PermanentRedirect", "The bucket must be addressed using the specified endpoint.")) {
            assertRefused(at(canned.endpoint(), S3Server.SECRET), Reason.StoreRegionWrong)
                    .hasMessageContainingAll("must be addressed using", "store.endpoint");
        }
    }

    @Test
    void aConditionThatIsNotImplemented() throws IOException {
        try (CannedServer canned = CannedServer.refusingConditions(
                501, "NotImplemented", "A header you provided implies functionality that is not implemented.")) {
            assertRefused(at(canned.endpoint(), S3Server.SECRET), Reason.StoreNotConditional)
                    .hasMessageContainingAll("implies functionality that is not implemented", "versitygw");
        }
    }

    @Test
    void aConditionThatIsAnInvalidArgument() throws IOException {
        try (CannedServer canned =
                CannedServer.refusingConditions(400, "InvalidArgument", "If-None-Match is no header of ours.")) {
            assertRefused(at(canned.endpoint(), S3Server.SECRET), Reason.StoreNotConditional)
                    .hasMessageContaining("InvalidArgument: If-None-Match is no header of ours");
        }
    }

    @Test
    void aCertificateOfAnUnknownAuthority() {
        assertRefused(at(server.secureEndpoint(), S3Server.SECRET), Reason.StoreNotTrusted)
                .hasMessageContainingAll("unable to find valid certification path", "store.caConfigMapName");
    }

    @Test
    void aCertificateOfTheClassesAuthorityIsTrusted() throws IOException {
        Path folder = Files.createDirectories(authorities.resolve("store-ca"));
        Files.writeString(folder.resolve("ca.crt"), server.certificate());
        open(trusted("store-ca")).probe();
    }

    @Test
    void authoritiesThatTheOperatorLacks() {
        assertRefused(trusted("absent-ca"), Reason.StoreNotTrusted)
                .hasMessageContainingAll("ConfigMap 'absent-ca'", "storeAuthorities");
    }

    @Test
    void authoritiesThatAreNoCertificates() throws IOException {
        Path folder = Files.createDirectories(authorities.resolve("broken-ca"));
        Files.writeString(folder.resolve("ca.crt"), "-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n");
        assertRefused(trusted("broken-ca"), Reason.StoreNotTrusted).hasMessageContaining("holds no certificates");
    }

    @Test
    void theTokenOfTemporaryKeysIsSent() throws IOException {
        Path folder = Files.createDirectories(server.credentials().resolve("temporary"));
        Files.writeString(folder.resolve("accessKey"), "ASIATEMPORARY");
        Files.writeString(folder.resolve("secretKey"), "secret");
        Files.writeString(folder.resolve("sessionToken"), "token-of-the-session\n");
        try (CannedServer canned = CannedServer.refusing(403, "InvalidToken", "The provided token is malformed.")) {
            assertRefused(at(canned.endpoint(), "temporary"), Reason.StoreAccessDenied)
                    .hasMessageContaining("InvalidToken: The provided token is malformed")
                    .hasMessageNotContaining("token-of-the-session");
            assertThat(canned.header("X-Amz-Security-Token")).isEqualTo("token-of-the-session");
        }
    }
}
