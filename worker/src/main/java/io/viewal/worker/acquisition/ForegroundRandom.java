package io.viewal.worker.acquisition;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.Region;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A control that knows nothing of views and uncertainty, but that most of a room is wall: superpixels in random order,
 * those first of which at least half the pixels are predicted as foreground. A score is a draw from 0 to 1, plus 1 for
 * foreground. Background are the classes named wall, floor or ceiling.
 */
public final class ForegroundRandom implements AcquisitionStrategy {

    /** Names of the classes that are background, in lower case. */
    static final Set<String> BACKGROUND = Set.of("wall", "floor", "ceiling");

    @Override
    public String name() {
        return "ForegroundRandom";
    }

    @Override
    public List<RegionScore> score(FrameView view) {
        BitSet background = background(view.scene().round().classes());
        byte[] prediction = view.scene().probabilities().prediction(view.index());
        float[] foreground = new float[prediction.length];
        for (int pixel = 0; pixel < prediction.length; pixel++) {
            foreground[pixel] = background.get(prediction[pixel] & 0xff) ? 0 : 1;
        }
        int[] sizes = view.superpixelSizes();
        double[] shares = view.superpixelMeans(foreground, sizes);
        SplittableRandom random = new SplittableRandom(
                Seeds.of(view.scene().round().seed(), view.scene().name(), view.name()));
        List<RegionScore> scores = new ArrayList<>();
        for (int id = 0; id < sizes.length; id++) {
            double score = random.nextDouble() + (shares[id] >= 0.5 ? 1 : 0);
            scores.add(new RegionScore(new Region.Superpixel(id), sizes[id], score, Double.NaN));
        }
        return scores;
    }

    private static BitSet background(List<String> classes) {
        BitSet ids = new BitSet();
        for (int id = 0; id < classes.size(); id++) {
            ids.set(id, BACKGROUND.contains(classes.get(id).toLowerCase(Locale.ROOT)));
        }
        if (ids.isEmpty()) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "ForegroundRandom needs a class named wall, floor or ceiling to tell foreground from background; the "
                            + "classes are " + (classes.isEmpty() ? "not known" : classes));
        }
        return ids;
    }
}
