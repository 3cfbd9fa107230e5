package io.viewal.operator.job;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.viewal.api.v1alpha1.Api;
import io.viewal.api.v1alpha1.WorkerPods;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What Jobs and pods take over from the resource that they work for: what its class lists, but for the operator's own. */
public record Inherited(Map<String, String> labels, Map<String, String> annotations) {

    /** Nothing is listed. */
    public static final Inherited NOTHING = new Inherited(Map.of(), Map.of());

    /** What a resource has of what the class lists. */
    public static Inherited of(ObjectMeta resource, WorkerPods pods) {
        return new Inherited(
                listed(resource.getLabels(), pods.inheritLabels()),
                listed(resource.getAnnotations(), pods.inheritAnnotations()));
    }

    private static Map<String, String> listed(Map<String, String> all, List<String> keys) {
        Map<String, String> listed = new TreeMap<>(all == null ? Map.of() : all);
        listed.keySet().retainAll(keys);
        listed.keySet().removeIf(key -> key.startsWith(Api.GROUP + "/"));
        return listed;
    }
}
