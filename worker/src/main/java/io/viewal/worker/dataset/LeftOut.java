package io.viewal.worker.dataset;

/**
 * What could not be read, and why.
 *
 * @param frame its name; empty: the scene, or what is left of it
 * @param reason a sentence with scene, frame and file
 */
public record LeftOut(String frame, String reason) {

    /** All of a scene, or what is left of it. */
    public static LeftOut scene(String reason) {
        return new LeftOut("", reason);
    }
}
