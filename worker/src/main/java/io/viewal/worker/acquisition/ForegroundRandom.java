package io.viewal.worker.acquisition;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.BackgroundClasses;
import io.viewal.worker.dataset.Region;
import io.viewal.worker.selection.FavouredShare;
import io.viewal.worker.selection.SelectionRule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Controls that know nothing of views and uncertainty, but that most of a room is wall: superpixels in random order, a
 * share of the budget from those of which at least half the pixels are predicted as foreground. A score is a draw from 0
 * to 1, plus 1 for foreground. Background are the classes named wall, floor or ceiling.
 *
 * <p>The shares of two thirds and one third are those of nnActive (Lüth et al., nnActive: A Framework for Evaluation of
 * Active Learning in 3D Biomedical Segmentation, 2025, "Random 66% FG" and "Random 33% FG"), which finds foreground by the
 * ground truth; here it is the prediction, as no label of an unlabeled region may be looked at.
 */
public final class ForegroundRandom implements AcquisitionStrategy {

    private final String name;
    private final double share;

    /** All of the budget from foreground, as far as that goes. */
    public ForegroundRandom() {
        this("ForegroundRandom", 1);
    }

    private ForegroundRandom(String name, double share) {
        this.name = name;
        this.share = share;
    }

    /** {@code ForegroundRandom66}: two thirds of the budget from foreground, the rest from all regions. */
    public static ForegroundRandom twoThirds() {
        return new ForegroundRandom("ForegroundRandom66", 2 / 3.0);
    }

    /** {@code ForegroundRandom33}: a third of the budget from foreground, the rest from all regions. */
    public static ForegroundRandom oneThird() {
        return new ForegroundRandom("ForegroundRandom33", 1 / 3.0);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public SelectionRule selection() {
        return new FavouredShare(share);
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
            double score = random.nextDouble() + (shares[id] >= 0.5 ? FavouredShare.FAVOURED : 0);
            scores.add(new RegionScore(new Region.Superpixel(id), sizes[id], score, Double.NaN));
        }
        return scores;
    }

    private BitSet background(List<String> classes) {
        BitSet ids = BackgroundClasses.of(classes);
        if (ids.isEmpty()) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    name + " needs a class named wall, floor or ceiling to tell foreground from background; the "
                            + "classes are " + (classes.isEmpty() ? "not known" : classes));
        }
        return ids;
    }
}
