package io.viewal.worker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.StoreLocation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real S3 server behind a network that is not to be relied on. */
class StoreOutageIT {

    private static final Patience PATIENT =
            new Patience(Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofMinutes(1));
    private static final Patience IMPATIENT = new Patience(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO);

    @TempDir
    private Path folder;

    private S3Server server;
    private UnreliableProxy network;

    @BeforeEach
    void start() throws Exception {
        server = new S3Server(folder);
        network = new UnreliableProxy(server.port());
    }

    @AfterEach
    void stop() throws Exception {
        network.close();
        server.close();
    }

    private ObjectStore open(Patience patience) {
        return ObjectStore.open(
                new StoreLocation(network.endpoint(), S3Server.BUCKET, "", ""), server.credentials(), patience);
    }

    private Path random(int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(7).nextBytes(content);
        return Files.write(folder.resolve("content"), content);
    }

    @Test
    void aDownloadGoesOnFromWhereItBrokeOff() throws IOException {
        Path content = random(3 << 20);
        try (ObjectStore store = open(PATIENT)) {
            ArtifactRef artifact = store.putArtifact("test/artifact", content);
            long before = network.delivered();
            network.cutAfter(1 << 20);
            store.fetch(artifact, folder.resolve("copy"));
            assertThat(folder.resolve("copy")).hasSameBinaryContentAs(content);
            assertThat(network.delivered() - before)
                    .as("nothing is sent twice, but for headers and what was under way")
                    .isLessThan(4 << 20);
        }
    }

    @Test
    void anObjectThatWasReplacedIsNotReadOn() throws IOException {
        try (ObjectStore store = open(PATIENT)) {
            store.put("test/artifact", random(3 << 20));
            network.cutAfter(1 << 20);
            try (InputStream in = store.open("test/artifact").orElseThrow()) {
                in.readNBytes(1000);
                store.put("test/artifact", new byte[3 << 20]);
                assertThatThrownBy(in::readAllBytes)
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining("'test/artifact' was replaced while it was read");
            }
        }
    }

    @Test
    void waitsForAStoreThatComesBack() {
        try (ObjectStore store = open(PATIENT)) {
            network.refuse(true);
            CompletableFuture<Boolean> commit =
                    CompletableFuture.supplyAsync(() -> store.putIfAbsent("test/result", new byte[] {1}));
            while (network.refused() < 10) {
                Thread.onSpinWait();
            }
            assertThat(commit).isNotDone();
            network.refuse(false);
            assertThat(commit.join()).isTrue();
        }
    }

    @Test
    void givesUpOnceItsPatienceIsSpent() {
        try (ObjectStore store = open(IMPATIENT)) {
            network.refuse(true);
            assertThatThrownBy(() -> store.read("test/result"))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(network.endpoint());
        }
    }
}
