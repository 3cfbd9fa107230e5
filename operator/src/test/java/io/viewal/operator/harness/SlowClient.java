package io.viewal.operator.harness;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A client whose writes of a round's status a test can hold on their way. */
public final class SlowClient implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final KubernetesClient client;
    private volatile boolean refuse;
    private volatile CountDownLatch held = new CountDownLatch(0);
    private volatile CountDownLatch gate = new CountDownLatch(0);

    SlowClient(Config config) {
        client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("slow", new Interceptor() {
                    @Override
                    public void before(BasicBuilder request, HttpRequest original, RequestTags tags) {
                        if (isStatusWrite(original)) {
                            statusWrite();
                        }
                    }
                }))
                .build();
    }

    /** The client. */
    public KubernetesClient client() {
        return client;
    }

    /** From now on a write waits. */
    public void holdStatusWrites() {
        held = new CountDownLatch(1);
        gate = new CountDownLatch(1);
    }

    /** Waits until a write is on its way. */
    public void awaitHeldWrite() {
        await(held);
    }

    /** Lets the writes go. */
    public void letGo() {
        gate.countDown();
    }

    /** From now on writes never arrive. */
    public void refuseStatusWrites() {
        refuse = true;
    }

    @Override
    public void close() {
        letGo();
        client.close();
    }

    private static boolean isStatusWrite(HttpRequest request) {
        return request.method().equals("PUT")
                && request.uri().getPath().contains("/activelearningrounds/")
                && request.uri().getPath().endsWith("/status");
    }

    private void statusWrite() {
        if (refuse) {
            throw new IllegalStateException("This status write is lost");
        }
        held.countDown();
        await(gate);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Waited in vain");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
