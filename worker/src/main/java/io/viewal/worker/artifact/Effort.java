package io.viewal.worker.artifact;

/**
 * What labeling took a person.
 *
 * @param clicks of the mouse
 * @param seconds of work
 */
public record Effort(long clicks, double seconds) {

    /** Nothing was asked. */
    public static final Effort NONE = new Effort(0, 0);

    /** Both together. */
    public Effort plus(Effort other) {
        return new Effort(clicks + other.clicks, seconds + other.seconds);
    }
}
