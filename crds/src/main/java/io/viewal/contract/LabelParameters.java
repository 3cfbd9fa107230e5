package io.viewal.contract;

/**
 * Who labels.
 *
 * @param oracle {@code GroundTruth}: the pixels of the data set's own labels
 * @param pageFrames how many of the chosen frames the round's page shows (6)
 */
public record LabelParameters(String oracle, int pageFrames) implements StageParameters {

    public LabelParameters {
        oracle = oracle == null ? "GroundTruth" : oracle;
        pageFrames = pageFrames == 0 ? 6 : pageFrames;
    }

    @Override
    public Stage stage() {
        return Stage.LABEL;
    }
}
