package io.viewal.contract;

/**
 * Who labels.
 *
 * @param oracle {@code GroundTruth}: the pixels of the data set's own labels
 * @param pageFrames how many of the chosen frames the round's page shows (6)
 * @param propagation how labels are carried into other views of the same surface; null: not at all
 */
public record LabelParameters(String oracle, int pageFrames, Propagation propagation) implements StageParameters {

    public LabelParameters {
        oracle = oracle == null ? "GroundTruth" : oracle;
        pageFrames = pageFrames == 0 ? 6 : pageFrames;
    }

    /**
     * Carries labels into other views of the same surface.
     *
     * @param distanceThreshold two views see the same surface when their points are closer than this, in metres (0.05)
     */
    public record Propagation(double distanceThreshold) {
        public Propagation {
            distanceThreshold = distanceThreshold == 0 ? 0.05 : distanceThreshold;
        }
    }

    @Override
    public Stage stage() {
        return Stage.LABEL;
    }
}
