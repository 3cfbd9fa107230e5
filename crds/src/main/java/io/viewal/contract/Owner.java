package io.viewal.contract;

/**
 * The resource that a stage works for.
 *
 * @param kind {@code ActiveLearningRound}, {@code ActiveLearningExperiment} or {@code MultiViewDataset}
 * @param uid the Kubernetes uid, so that a resource deleted and made again never meets its predecessor's objects
 */
public record Owner(String kind, String namespace, String name, String uid) {

    /** {@code <name>-<first 8 characters of the uid>}. */
    public String directory() {
        return name + "-" + uid.substring(0, Math.min(8, uid.length()));
    }
}
