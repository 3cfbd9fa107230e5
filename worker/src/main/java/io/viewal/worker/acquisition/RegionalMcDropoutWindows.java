package io.viewal.worker.acquisition;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Region;
import io.viewal.worker.selection.Ranking;
import io.viewal.worker.selection.SelectionRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * RMCDR with windows: those of 65 x 65 pixels by the vote entropy that they hold in all, in bits; what has been labeled
 * counts as 0. Of each frame the best window is a candidate, then the best that does not meet it, and so on, as often as
 * windows fit into the map of upper left corners.
 */
public final class RegionalMcDropoutWindows implements AcquisitionStrategy {

    private static final int SIDE = 65;

    /** Bits; a difference of sums is no exact zero. */
    private static final double NOTHING = 1e-6;

    @Override
    public String name() {
        return "RegionalMcDropoutWindows";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.DROPOUT, Need.VOTES);
    }

    @Override
    public SelectionRule selection() {
        return Ranking.NEAREST;
    }

    @Override
    public List<RegionScore> score(FrameView view) {
        ImageSize size = view.scene().size();
        int width = Math.min(SIDE, size.width());
        int height = Math.min(SIDE, size.height());
        int columns = size.width() - width + 1;
        int rows = size.height() - height + 1;
        double[] sums = windowSums(unlabeled(view), size, width, height);
        int most = Math.max(1, columns * rows / (width * height));
        List<RegionScore> windows = new ArrayList<>();
        for (int n = 0; n < most; n++) {
            int best = 0;
            for (int corner = 1; corner < sums.length; corner++) {
                best = sums[corner] > sums[best] ? corner : best;
            }
            Region window = new Region.Window(best % columns, best / columns, width, height);
            int pixels = newPixels(view, window);
            // Every corner left meets a window that is taken, or nothing is to be learned there.
            if (!(sums[best] > NOTHING) || pixels == 0) {
                break;
            }
            windows.add(new RegionScore(window, pixels, sums[best], Double.NaN));
            clear(sums, columns, best / columns - height, best % columns - width, 2 * height, 2 * width);
        }
        return windows;
    }

    private static int newPixels(FrameView view, Region window) {
        var pixels = window.pixels(view.superpixels(), view.scene().size());
        pixels.andNot(view.labeled());
        return pixels.cardinality();
    }

    private static float[] unlabeled(FrameView view) {
        float[] map = view.voteEntropy().clone();
        view.labeled().stream().forEach(pixel -> map[pixel] = 0);
        return map;
    }

    /** The sum of each window by its upper left corner: float64 [height − window + 1, width − window + 1]. */
    private static double[] windowSums(float[] map, ImageSize size, int width, int height) {
        int stride = size.width() + 1;
        double[] integral = new double[stride * (size.height() + 1)];
        for (int y = 0; y < size.height(); y++) {
            double row = 0;
            for (int x = 0; x < size.width(); x++) {
                row += map[y * size.width() + x];
                integral[(y + 1) * stride + x + 1] = integral[y * stride + x + 1] + row;
            }
        }
        int columns = size.width() - width + 1;
        double[] sums = new double[columns * (size.height() - height + 1)];
        for (int corner = 0; corner < sums.length; corner++) {
            int top = corner / columns * stride + corner % columns;
            int bottom = top + height * stride;
            sums[corner] = integral[bottom + width] - integral[bottom] - integral[top + width] + integral[top];
        }
        return sums;
    }

    private static void clear(double[] sums, int columns, int row, int column, int height, int width) {
        int rows = sums.length / columns;
        for (int y = Math.max(0, row); y < Math.min(rows, row + height); y++) {
            int first = y * columns + Math.max(0, column);
            Arrays.fill(sums, first, y * columns + Math.min(columns, column + width), 0);
        }
    }
}
