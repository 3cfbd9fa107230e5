package io.viewal.worker.dataset;

import java.awt.Color;

/** The colours of classes in all pictures, as 0xRRGGBB. */
public final class ClassColors {

    private static final int VOID = 0x2b2f36;

    /** The part of the colour circle between a class and the next, by the golden angle. */
    private static final double TURN = 0.38196601125;

    /** Classes until the circle has nearly the same hues again. */
    private static final int ROUND = 21;

    private static final float[] SATURATION = {0.8f, 0.4f, 0.85f};
    private static final float[] BRIGHTNESS = {0.95f, 0.98f, 0.5f};

    private ClassColors() {}

    /** The colour of a class: neighbours in the list differ much, and the first 40 all can be told from one another. */
    public static int of(int id) {
        if (id == VoidLabel.ID) {
            return VOID;
        }
        int shade = (id + id / ROUND) % SATURATION.length;
        return Color.HSBtoRGB((float) (id * TURN % 1), SATURATION[shade], BRIGHTNESS[shade]) & 0xffffff;
    }
}
