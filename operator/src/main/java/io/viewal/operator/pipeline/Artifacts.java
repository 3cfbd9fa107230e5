package io.viewal.operator.pipeline;

import io.viewal.api.v1alpha1.Artifact;
import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.contract.ArtifactRef;
import io.viewal.contract.StageResult;
import java.util.Map;
import java.util.TreeMap;

/** Turns the contract's references into those that a status shows, and back. */
public final class Artifacts {

    private Artifacts() {}

    /**
     * What a worker is told.
     *
     * @throws IllegalArgumentException when the artifact is not in this store
     */
    public static ArtifactRef ref(Artifact artifact, StoreReference store) {
        String root = root(store);
        if (!artifact.uri().startsWith(root)) {
            throw new IllegalArgumentException("%s is not in %s".formatted(artifact.uri(), root));
        }
        return new ArtifactRef(artifact.uri().substring(root.length()), artifact.bytes(), artifact.sha256());
    }

    /** What people are told. */
    public static Artifact shown(ArtifactRef ref, StoreReference store) {
        return new Artifact(root(store) + ref.key(), ref.sha256(), ref.bytes());
    }

    /** What people are told of a result, by name. */
    public static Map<String, Artifact> of(StageResult result, StoreReference store) {
        Map<String, Artifact> artifacts = new TreeMap<>();
        result.artifacts().forEach((name, ref) -> artifacts.put(name, shown(ref, store)));
        return artifacts;
    }

    private static String root(StoreReference store) {
        return "s3://" + store.bucket() + "/";
    }
}
