package io.viewal.worker.dataset.interchange;

/**
 * What a number in a depth image means. A scale such as 0.001 is not a binary fraction, so whole units a metre are
 * divided by, which gives the float nearest to the true value.
 */
final class DepthUnit {

    private static final double WHOLE = 1e-9;

    private final double factor;
    private final double divisor;

    /** @param metres a unit, positive */
    DepthUnit(double metres) {
        double perMetre = 1 / metres;
        boolean whole = Math.abs(perMetre - Math.rint(perMetre)) < WHOLE * perMetre && Math.rint(perMetre) > 0;
        this.factor = whole ? 1 : metres;
        this.divisor = whole ? Math.rint(perMetre) : 1;
    }

    float metres(int units) {
        return (float) (units * factor / divisor);
    }
}
