package io.viewal.worker.dataset.synthetic;

/** A colour in linear light, 0 to 1 for surfaces, unbounded for lights. */
record Rgb(double r, double g, double b) {

    /** From hue (turns), saturation and brightness as people pick colours. */
    static Rgb hsv(double hue, double saturation, double value) {
        return new Rgb(
                channel(hue + 1.0 / 3, saturation, value),
                channel(hue, saturation, value),
                channel(hue - 1.0 / 3, saturation, value));
    }

    static Rgb grey(double value) {
        return hsv(0, 0, value);
    }

    Rgb times(double factor) {
        return new Rgb(r * factor, g * factor, b * factor);
    }

    Rgb times(Rgb other) {
        return new Rgb(r * other.r, g * other.g, b * other.b);
    }

    private static double channel(double hue, double saturation, double value) {
        double turn = hue - Math.floor(hue);
        double full = Math.max(0, Math.min(1, 2 - Math.abs(6 * turn - 2)));
        double display = value * (1 - saturation + saturation * full);
        // What a display shows is about the square of what it is sent.
        return display * display;
    }
}
