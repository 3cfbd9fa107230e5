package io.viewal.worker.dataset.synthetic;

/** What lights a room. */
sealed interface Light {

    /**
     * A lamp.
     *
     * @param power light on a surface that faces it from one metre
     */
    record Lamp(double x, double y, double z, Rgb power) implements Light {}

    /**
     * The sun, which shines in through a window.
     *
     * @param x direction towards it, unit length
     * @param y direction towards it
     * @param z direction towards it
     * @param power light on a surface that faces it
     * @param window the pane that it comes through
     */
    record Sun(double x, double y, double z, Rgb power, Solid window) implements Light {}
}
