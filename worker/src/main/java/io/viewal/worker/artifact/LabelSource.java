package io.viewal.worker.artifact;

/** Where labels come from, the most trusted first. */
public enum LabelSource {
    /** Whoever was asked: annotators, or the data set's own labels. */
    ORACLE(""),

    /** An oracle's labels, carried into other views of the same surface. */
    PROPAGATED("propagated/"),

    /** The network, where it is sure of itself. */
    PSEUDO("pseudo/");

    private final String folder;

    LabelSource(String folder) {
        this.folder = folder;
    }

    /** Of its label maps in the file; empty for the oracle's, which lie at the top. */
    String folder() {
        return folder;
    }
}
