package io.viewal.operator.harness;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that counts its writes, but for Leases and questions for rights. */
public final class CountingClient implements AutoCloseable {

    private static final Pattern PATH = Pattern.compile(
            "/apis?/(?:.*/)?v[^/]+/(?:namespaces/[^/]+/)?(?<resource>[^/]+)(?:/[^/]+)?(?<sub>/status)?");

    private final Map<String, Integer> writes = new TreeMap<>();
    private final KubernetesClient client;

    CountingClient(Config config) {
        client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("count", new Interceptor() {
                    @Override
                    public void before(BasicBuilder request, HttpRequest original, RequestTags tags) {
                        note(original.method(), original.uri().getPath());
                    }
                }))
                .build();
    }

    /** The client. */
    public KubernetesClient client() {
        return client;
    }

    /** The writes so far, by what was written. */
    public synchronized Map<String, Integer> writes() {
        return new TreeMap<>(writes);
    }

    private synchronized void note(String method, String path) {
        Matcher what = PATH.matcher(path);
        if (!method.equals("GET") && what.matches() && !what.group("resource").matches("leases|self.*reviews")) {
            String sub = what.group("sub") == null ? "" : what.group("sub");
            writes.merge(method + " " + what.group("resource") + sub, 1, Integer::sum);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
