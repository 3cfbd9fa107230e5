package io.viewal.worker.dataset.synthetic;

import java.util.List;

/**
 * What a surface looks like.
 *
 * @param pattern how the palette is laid out
 * @param palette at least one colour; the pattern's number runs over them
 * @param scale size of the pattern in metres
 * @param gloss strength of highlights, 0 to 1
 * @param mirror share of mirrored light, 0 to 1
 * @param glow light that it gives off by itself, as a multiple of its colour
 * @param seed of the pattern
 */
record Material(Pattern pattern, List<Rgb> palette, double scale, double gloss, double mirror, double glow, int seed) {

    Material {
        palette = List.copyOf(palette);
    }

    static Material plain(Rgb color, int seed) {
        return new Material(Pattern.PLAIN, List.of(color), 1, 0, 0, 0, seed);
    }

    Material gloss(double strength) {
        return new Material(pattern, palette, scale, strength, mirror, glow, seed);
    }

    Material mirror(double share) {
        return new Material(pattern, palette, scale, gloss, share, glow, seed);
    }

    Material glow(double strength) {
        return new Material(pattern, palette, scale, gloss, mirror, strength, seed);
    }

    /**
     * The colour at a place on the surface.
     *
     * @param u along the surface, metres
     * @param v along the surface, metres
     * @param footprint size of a pixel there, metres; detail finer than it is averaged away
     */
    Rgb at(double u, double v, double footprint) {
        if (palette.size() == 1) {
            return palette.getFirst();
        }
        double detail = Math.max(0, Math.min(1, 1.6 - 2.5 * footprint / scale));
        double value = detail == 0 ? 0.5 : Noise.lerp(0.5, pattern.at(u / scale, v / scale, seed), detail);
        double position = value * (palette.size() - 1);
        int below = Math.min((int) position, palette.size() - 2);
        Rgb a = palette.get(below);
        Rgb b = palette.get(below + 1);
        double t = position - below;
        return new Rgb(Noise.lerp(a.r(), b.r(), t), Noise.lerp(a.g(), b.g(), t), Noise.lerp(a.b(), b.b(), t));
    }
}
