package io.viewal.operator.pipeline;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.viewal.api.v1alpha1.RoundClass;
import io.viewal.api.v1alpha1.RoundClassSpec;
import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.job.Inherited;
import io.viewal.operator.job.PodSetting;
import java.util.List;
import java.util.Map;

/** Finds the class of a resource among those that there are. */
public final class ClassResolver {

    private final ObjectMeta resource;
    private final SecondaryResources secondaries;
    private final List<RoundClass> classes;

    /**
     * A resolver.
     *
     * @param resource whose class it is
     */
    public ClassResolver(ObjectMeta resource, SecondaryResources secondaries) {
        this.resource = resource;
        this.secondaries = secondaries;
        this.classes = secondaries.classes();
    }

    /**
     * The class to work with.
     *
     * @param asked name that the spec gives; null: the default one
     * @param pinned store that the work began with; null: it begins now
     * @param pinnedClass name of the class that the work began with; null: it begins now
     * @throws UnmetException when there is none
     */
    public Setting resolve(String asked, StoreReference pinned, String pinnedClass) {
        String name = asked == null ? pinnedClass : asked;
        RoundClass found = name == null ? byDefault() : named(name);
        StoreReference current = reference(found.getSpec().store());
        StoreReference store = pinned == null ? current : at(current, pinned);
        RoundClassSpec spec = found.getSpec();
        return new Setting(
                found.getMetadata().getName(),
                spec,
                store,
                Inherited.of(resource, PodSetting.pods(spec)),
                NamespaceSelector.selects(spec.allowedNamespaces(), secondaries.namespace()));
    }

    /** The bucket and prefix that work began with, reached as the class says now. One with another bucket moves nothing. */
    private static StoreReference at(StoreReference current, StoreReference pinned) {
        return pinned.bucket().equals(current.bucket())
                ? new StoreReference(
                        current.endpoint(),
                        pinned.bucket(),
                        pinned.prefix(),
                        current.region(),
                        current.credentialsSecretName(),
                        current.addressing(),
                        current.caConfigMapName())
                : pinned;
    }

    private RoundClass named(String name) {
        return classes.stream()
                .filter(candidate -> candidate.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> UnmetException.waiting(
                        Reason.ClassNotFound,
                        "There is no RoundClass '%s' yet, only %s: work begins by itself once it is made"
                                .formatted(name, names(classes))));
    }

    private RoundClass byDefault() {
        List<RoundClass> defaults =
                classes.stream().filter(ClassResolver::isDefault).toList();
        if (defaults.isEmpty()) {
            throw UnmetException.waiting(
                    Reason.NoDefaultClass,
                    "No RoundClass is the default one: name a class in spec.className (there are %s), or set the annotation"
                                    .formatted(names(classes))
                            + " %s=true on one".formatted(RoundClass.DEFAULT_ANNOTATION));
        }
        if (defaults.size() > 1) {
            throw UnmetException.stalled(
                    Reason.SeveralDefaultClasses,
                    "Several RoundClasses are the default one (%s): leave the annotation %s=true on one of them"
                            .formatted(names(defaults), RoundClass.DEFAULT_ANNOTATION));
        }
        return defaults.getFirst();
    }

    private static boolean isDefault(RoundClass candidate) {
        Map<String, String> annotations = candidate.getMetadata().getAnnotations();
        return annotations != null && "true".equals(annotations.get(RoundClass.DEFAULT_ANNOTATION));
    }

    private static List<String> names(List<RoundClass> classes) {
        return classes.stream()
                .map(candidate -> candidate.getMetadata().getName())
                .sorted()
                .toList();
    }

    private static StoreReference reference(RoundClassSpec.Store store) {
        return new StoreReference(
                store.endpoint(),
                store.bucket(),
                store.prefix(),
                store.region(),
                store.credentialsSecretName(),
                store.addressing(),
                store.caConfigMapName());
    }
}
