package io.viewal.operator.pipeline;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * An informer's cache that keeps resources as deflated JSON, without the managed fields: a namespace may hold ten thousand
 * rounds, nearly all of them finished and read once. Whole, so that a status can be written from what is read.
 *
 * @param <R> kind of the resources
 */
public class CompactStore<R extends HasMetadata> implements ItemStore<R> {

    private final Class<R> type;
    private final Map<String, byte[]> items = new ConcurrentHashMap<>();

    public CompactStore(Class<R> type) {
        this.type = type;
    }

    @Override
    public String getKey(R resource) {
        return Cache.metaNamespaceKeyFunc(resource);
    }

    @Override
    public R put(String key, R resource) {
        resource.getMetadata().setManagedFields(null);
        return inflated(items.put(key, deflated(resource)));
    }

    @Override
    public R remove(String key) {
        return inflated(items.remove(key));
    }

    @Override
    public R get(String key) {
        return inflated(items.get(key));
    }

    @Override
    public Stream<String> keySet() {
        return items.keySet().stream();
    }

    @Override
    public Stream<R> values() {
        return items.values().stream().map(this::inflated);
    }

    @Override
    public int size() {
        return items.size();
    }

    private byte[] deflated(R resource) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(Serialization.asJson(resource).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @param bytes null: there is none */
    private R inflated(byte[] bytes) {
        return bytes == null
                ? null
                : Serialization.unmarshal(new InflaterInputStream(new ByteArrayInputStream(bytes)), type);
    }
}
