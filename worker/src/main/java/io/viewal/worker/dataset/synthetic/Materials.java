package io.viewal.worker.dataset.synthetic;

import java.util.ArrayList;
import java.util.List;

/** Draws surfaces that look like those of real rooms. */
final class Materials {

    private static final Pattern[] CLOTH = {
        Pattern.GRAIN, Pattern.GRAIN, Pattern.STRIPES, Pattern.PLAID, Pattern.DOTS, Pattern.ORNAMENT
    };

    private final Draw draw;

    Materials(Draw draw) {
        this.draw = draw;
    }

    Material wall() {
        Rgb color = Rgb.hsv(draw.unit(), draw.between(0, 0.3), draw.between(0.62, 0.95));
        double kind = draw.unit();
        if (kind < 0.55) {
            return pattern(Pattern.GRAIN, 0.05, color, color.times(0.86));
        }
        Pattern paper = kind < 0.8 ? Pattern.ORNAMENT : Pattern.STRIPES;
        return pattern(paper, draw.between(0.12, 0.35), color, color.times(draw.between(0.55, 0.8)));
    }

    Material ceiling() {
        Rgb color = Rgb.hsv(draw.between(0.05, 0.2), draw.between(0, 0.08), draw.between(0.86, 0.98));
        return pattern(Pattern.GRAIN, 0.08, color, color.times(0.93));
    }

    Material floor() {
        double kind = draw.unit();
        if (kind < 0.5) {
            Rgb color = woodColor();
            return pattern(Pattern.PLANKS, draw.between(0.08, 0.18), color, color.times(0.6), color.times(0.25))
                    .gloss(draw.between(0.1, 0.5));
        }
        if (kind < 0.7) {
            Rgb color = Rgb.hsv(draw.between(0.02, 0.15), draw.between(0.02, 0.3), draw.between(0.45, 0.85));
            return pattern(Pattern.TILES, draw.between(0.25, 0.5), color, color.times(0.8), color.times(0.4))
                    .gloss(draw.between(0.3, 0.7));
        }
        Rgb color = Rgb.hsv(draw.unit(), draw.between(0.05, 0.45), draw.between(0.3, 0.75));
        return pattern(Pattern.GRAIN, 0.04, color, color.times(0.6));
    }

    Material wood() {
        Rgb color = woodColor();
        return pattern(Pattern.WOOD, draw.between(0.1, 0.2), color, color.times(0.62))
                .gloss(draw.between(0, 0.35));
    }

    /** Wood or paint, for cabinets and shelves. */
    Material carcass() {
        return draw.chance(0.6) ? wood() : paint();
    }

    Material paint() {
        Rgb color = Rgb.hsv(draw.unit(), draw.between(0, 0.35), draw.between(0.3, 0.95));
        return pattern(Pattern.GRAIN, 0.3, color, color.times(0.9)).gloss(draw.between(0, 0.4));
    }

    Material cloth() {
        Rgb color = Rgb.hsv(draw.unit(), draw.between(0.1, 0.75), draw.between(0.25, 0.9));
        Rgb other =
                draw.chance(0.5) ? color.times(0.5) : Rgb.hsv(draw.unit(), draw.between(0, 0.6), draw.between(0.4, 1));
        Pattern kind = draw.choose(CLOTH);
        return kind == Pattern.GRAIN
                ? pattern(kind, 0.025, color, color.times(0.65))
                : pattern(kind, draw.between(0.08, 0.25), color, other);
    }

    Material linen() {
        Rgb color = Rgb.hsv(draw.unit(), draw.between(0, 0.18), draw.between(0.8, 0.98));
        return pattern(Pattern.GRAIN, 0.12, color, color.times(0.85));
    }

    Material leather() {
        Rgb color = Rgb.hsv(draw.between(0.02, 0.1), draw.between(0, 0.6), draw.between(0.12, 0.5));
        return pattern(Pattern.GRAIN, 0.03, color, color.times(0.8)).gloss(0.45);
    }

    Material metal() {
        return Material.plain(Rgb.grey(draw.between(0.25, 0.8)), 0).gloss(0.8);
    }

    Material plastic() {
        return Material.plain(Rgb.hsv(draw.unit(), draw.between(0, 0.9), draw.between(0.1, 0.95)), 0)
                .gloss(draw.between(0.2, 0.6));
    }

    Material ceramic() {
        Rgb color = Rgb.hsv(draw.unit(), draw.between(0.1, 0.8), draw.between(0.35, 0.95));
        Pattern kind = draw.choose(new Pattern[] {Pattern.PLAIN, Pattern.ORNAMENT, Pattern.STRIPES, Pattern.DOTS});
        return pattern(kind, draw.between(0.04, 0.1), color, Rgb.hsv(draw.unit(), draw.unit(), draw.unit()))
                .gloss(0.6);
    }

    Material leaves() {
        Rgb color = Rgb.hsv(draw.between(0.24, 0.38), draw.between(0.4, 0.8), draw.between(0.3, 0.65));
        return pattern(Pattern.GRAIN, 0.05, color, color.times(0.3));
    }

    Material bookCover() {
        Rgb color = Rgb.hsv(draw.unit(), draw.between(0.2, 0.95), draw.between(0.15, 0.9));
        Rgb print = draw.chance(0.5) ? Rgb.hsv(0.14, 0.5, 0.9) : Rgb.grey(draw.between(0.05, 0.95));
        return pattern(draw.chance(0.5) ? Pattern.STRIPES : Pattern.PLAIN, draw.between(0.05, 0.12), color, print);
    }

    /** A dark screen that mirrors the room, or one that shows a picture. */
    Material screen() {
        if (draw.chance(0.3)) {
            return painting().glow(draw.between(0.5, 0.9)).mirror(0.08);
        }
        return Material.plain(Rgb.grey(draw.between(0.08, 0.16)), 0).gloss(0.9).mirror(0.16);
    }

    Material painting() {
        double hue = draw.unit();
        double spread = draw.between(0.05, 0.5);
        List<Rgb> palette = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            palette.add(Rgb.hsv(hue + spread * draw.between(-1, 1), draw.between(0.1, 0.9), draw.between(0.1, 1)));
        }
        return new Material(Pattern.PAINTING, palette, draw.between(0.3, 0.7), 0, 0, 0, seed());
    }

    /** What is seen through a window. */
    Material outdoors() {
        List<Rgb> palette = List.of(
                Rgb.hsv(0.58, draw.between(0, 0.15), 1),
                Rgb.hsv(0.58, draw.between(0.15, 0.5), 0.95),
                Rgb.hsv(draw.between(0.2, 0.35), 0.4, 0.5),
                Rgb.hsv(draw.between(0.2, 0.35), 0.5, 0.25));
        return new Material(Pattern.OUTDOORS, palette, 0.7, 0.2, 0.1, draw.between(0.8, 1.6), seed());
    }

    /** A lamp's shade. */
    Material lampshade() {
        return Material.plain(Rgb.hsv(draw.between(0.08, 0.14), draw.between(0.05, 0.4), 0.95), 0)
                .glow(draw.between(0.5, 1.2));
    }

    private Rgb woodColor() {
        return Rgb.hsv(draw.between(0.04, 0.105), draw.between(0.25, 0.7), draw.between(0.35, 0.88));
    }

    private Material pattern(Pattern pattern, double scale, Rgb... palette) {
        return new Material(pattern, List.of(palette), scale, 0, 0, 0, seed());
    }

    private int seed() {
        return (int) draw.bits();
    }
}
