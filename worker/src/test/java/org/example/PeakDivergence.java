package org.example;

import io.viewal.worker.acquisition.AcquisitionStrategy;
import io.viewal.worker.acquisition.FrameView;
import io.viewal.worker.dataset.Region;
import java.util.ArrayList;
import java.util.List;

/** Superpixels by the pixel at which this view differs most from the others. */
public final class PeakDivergence implements AcquisitionStrategy {

    @Override
    public String name() {
        return "example.org/PeakDivergence";
    }

    @Override
    public List<RegionScore> score(FrameView view) {
        int[] sizes = view.superpixelSizes();
        float[] peaks = new float[sizes.length];
        float[] divergence = view.maps().divergence();
        for (int pixel = 0; pixel < divergence.length; pixel++) {
            int id = view.superpixels()[pixel];
            peaks[id] = Math.max(peaks[id], divergence[pixel]);
        }
        List<RegionScore> scores = new ArrayList<>();
        for (int id = 0; id < sizes.length; id++) {
            scores.add(new RegionScore(new Region.Superpixel(id), sizes[id], peaks[id], Double.NaN));
        }
        return scores;
    }
}
