package org.example;

import io.viewal.worker.acquisition.AcquisitionStrategy;
import io.viewal.worker.acquisition.FrameView;
import io.viewal.worker.dataset.Region;
import io.viewal.worker.selection.DivergentViews;
import io.viewal.worker.selection.SelectionRule;
import java.util.List;

/** Gives superpixel 1 a score or divergence that is no number, by the seed. */
public final class NoNumber implements AcquisitionStrategy {

    @Override
    public String name() {
        return "example.org/NoNumber";
    }

    @Override
    public SelectionRule selection() {
        return new DivergentViews();
    }

    @Override
    public List<RegionScore> score(FrameView view) {
        RegionScore sound = new RegionScore(new Region.Superpixel(0), 12, 1, 1);
        double score = 1;
        double divergence = 1;
        switch ((int) view.scene().round().seed()) {
            case 0 -> score = Double.NaN;
            case 1 -> score = Double.NEGATIVE_INFINITY;
            case 2 -> divergence = Double.POSITIVE_INFINITY;
            default -> divergence = Double.NaN;
        }
        return List.of(sound, new RegionScore(new Region.Superpixel(1), 12, score, divergence));
    }
}
