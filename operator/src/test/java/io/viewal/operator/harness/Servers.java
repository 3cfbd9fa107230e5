package io.viewal.operator.harness;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the API server and the store once for all tests, and hands each test a namespace of its own. */
public final class Servers implements BeforeAllCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(Servers.class);

    private record Started(ApiServer api, S3Server s3) implements AutoCloseable {

        static Started start() {
            try {
                return new Started(ApiServer.start(), S3Server.start());
            } catch (Exception e) {
                throw new IllegalStateException("The servers don't start", e);
            }
        }

        @Override
        public void close() throws Exception {
            s3.close();
            api.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        started(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Started started = started(context);
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent("cluster", key -> new Cluster(started.api(), started.s3()), Cluster.class);
    }

    private static Started started(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent("servers", key -> Started.start(), Started.class);
    }
}
