package io.viewal.operator.harness;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that notes which rights its requests need. */
public final class RecordingClient implements AutoCloseable {

    private static final Pattern PATH = Pattern.compile("/apis?(?:/(?<group>[^/]+\\.[^/]+|batch|apps))?/v[^/]+"
            + "(?:/namespaces/[^/]+)?/(?<resource>[^/]+)(?:/(?<name>[^/]+)(?:/(?<sub>[^/]+))?)?");

    private final Set<String> rights = new ConcurrentSkipListSet<>();
    private final KubernetesClient client;

    public RecordingClient(Config config) {
        client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("rights", new Interceptor() {
                    @Override
                    public void before(BasicBuilder request, HttpRequest original, RequestTags tags) {
                        note(original.method(), original.uri());
                    }
                }))
                .build();
    }

    /** The client. */
    public KubernetesClient client() {
        return client;
    }

    /** The rights as {@code group/resource:verb}; the core group is empty. */
    public Set<String> rights() {
        return Set.copyOf(rights);
    }

    @Override
    public void close() {
        client.close();
    }

    private void note(String method, URI uri) {
        Matcher path = PATH.matcher(uri.getPath());
        if (path.matches()) {
            String group = path.group("group") == null ? "" : path.group("group");
            String resource = path.group("resource") + (path.group("sub") == null ? "" : "/" + path.group("sub"));
            rights.add(group + "/" + resource + ":" + verb(method, path.group("name") != null, uri.getQuery()));
        }
    }

    private static String verb(String method, boolean named, String query) {
        return switch (method) {
            case "GET" -> query != null && query.contains("watch=true") ? "watch" : named ? "get" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> named ? "delete" : "deletecollection";
            default -> method;
        };
    }
}
