package io.viewal.worker.dataset.check;

import io.viewal.worker.dataset.CameraPose;
import io.viewal.worker.dataset.ImageSize;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Faults of images that lie otherwise than their camera says: turned, mirrored, or with their depth alone. */
final class ImageTurns {

    /** Which pixel of an image a pixel is taken from, both from 0 to 1 along either side. */
    private enum Turn {
        UPSIDE_DOWN("upside down (its rows in reverse order)", (x, y) -> x, (x, y) -> 1 - y),
        MIRRORED("mirrored (its columns in reverse order)", (x, y) -> 1 - x, (x, y) -> y),
        HALF("turned by 180 degrees", (x, y) -> 1 - x, (x, y) -> 1 - y),
        QUARTER("turned by 90 degrees", (x, y) -> y, (x, y) -> 1 - x),
        OTHER_QUARTER("turned by 90 degrees the other way", (x, y) -> 1 - y, (x, y) -> x);

        private final String words;
        private final BinaryOperator<Double> fromX;
        private final BinaryOperator<Double> fromY;

        Turn(String words, BinaryOperator<Double> fromX, BinaryOperator<Double> fromY) {
            this.words = words;
            this.fromX = fromX;
            this.fromY = fromY;
        }

        int[] sources(ImageSize size) {
            int[] sources = new int[size.pixels()];
            for (int y = 0; y < size.height(); y++) {
                for (int x = 0; x < size.width(); x++) {
                    double u = (x + 0.5) / size.width();
                    double v = (y + 0.5) / size.height();
                    int column = (int) (fromX.apply(u, v) * size.width());
                    int row = (int) (fromY.apply(u, v) * size.height());
                    sources[y * size.width() + x] = row * size.width() + column;
                }
            }
            return sources;
        }
    }

    private ImageTurns() {}

    static List<Hypothesis> all() {
        List<Hypothesis> all = new ArrayList<>();
        for (Turn turn : Turn.values()) {
            all.add(of(
                    "depth is " + turn.words + " against colour and camera",
                    "turn the depth images as the colour images lie",
                    view -> view.with(depth(view, turn))));
            all.add(of(
                    "colour is " + turn.words + " against depth and camera",
                    "turn the colour images as the depth images lie, with their labels if these lie as colour does",
                    view -> view.with(grey(view, turn))));
            all.add(of(
                    "the images are " + turn.words + " against the camera",
                    "turn colour, depth and labels, or take intrinsics and transform_matrix of the images as they lie",
                    view -> view.with(depth(view, turn)).with(grey(view, turn))));
        }
        for (int quarters = 1; quarters <= 3; quarters++) {
            double[] roll = roll(quarters);
            all.add(of(
                    "the cameras are rolled by " + 90 * quarters + " degrees about their axis",
                    "turn each transform_matrix about its 3rd column by as much the other way, as the images lie",
                    view -> view.with(new CameraPose(times(view.frame().pose().matrix(), roll)))));
        }
        return all;
    }

    private static Hypothesis of(String problem, String fix, UnaryOperator<View> change) {
        return new Hypothesis(
                Fault.TURNED_IMAGES,
                problem,
                fix,
                views -> views.stream().map(change).toList());
    }

    private static float[] depth(View view, Turn turn) {
        int[] sources = turn.sources(view.size());
        float[] depth = new float[sources.length];
        for (int p = 0; p < depth.length; p++) {
            depth[p] = view.depth()[sources[p]];
        }
        return depth;
    }

    private static byte[] grey(View view, Turn turn) {
        int[] sources = turn.sources(view.size());
        byte[] grey = new byte[sources.length];
        for (int p = 0; p < grey.length; p++) {
            grey[p] = view.grey()[sources[p]];
        }
        return grey;
    }

    /** A turn about the camera's axis. */
    private static double[] roll(int quarters) {
        int cos = quarters == 2 ? -1 : 0;
        int sin = 2 - quarters;
        return new double[] {cos, -sin, 0, 0, sin, cos, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
    }

    private static double[] times(double[] a, double[] b) {
        double[] product = new double[16];
        for (int i = 0; i < product.length; i++) {
            for (int k = 0; k < 4; k++) {
                product[i] += a[i / 4 * 4 + k] * b[4 * k + i % 4];
            }
        }
        return product;
    }
}
