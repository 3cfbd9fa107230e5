package io.viewal.worker.report;

/** The numbers of a round, as columns of {@code rounds.csv}. */
public enum Figure {
    /** Labeled share of the train split that the model was trained on, 0 to 1. */
    LABELED_FRACTION("labeledFraction"),

    /** Labeled pixels that the model was trained on. */
    LABELED_PIXELS("labeledPixels"),

    /** Clicks that the labels cost that the model was trained on. */
    CLICKS("clicks"),

    /** Seconds of a person's work that the labels cost that the model was trained on. */
    SECONDS("seconds"),

    /** Mean intersection over union on the test split, 0 to 1. */
    TEST_MIOU("testMeanIoU"),

    /** Share of labeled pixels of the test split that are right, 0 to 1. */
    TEST_ACCURACY("testAccuracy"),

    /** Mean intersection over union on the validation split, 0 to 1. */
    VALIDATION_MIOU("validationMeanIoU"),

    /** Mean training loss of the last epoch. */
    LOSS("loss"),

    /** Regions that the round chose. */
    CHOSEN_REGIONS("chosenRegions"),

    /** Pixels that it chose. */
    CHOSEN_PIXELS("chosenPixels"),

    /** Frames with a chosen region. */
    CHOSEN_FRAMES("chosenFrames"),

    /** Scenes with a chosen region. */
    CHOSEN_SCENES("chosenScenes"),

    /** Share of the pixels labeled by the round that are not wall, floor or ceiling, 0 to 1. */
    FOREGROUND("foregroundFraction"),

    /** Clicks that the labels of the round cost. */
    ROUND_CLICKS("roundClicks"),

    /** Wall-clock seconds of TRAIN. */
    TRAIN_SECONDS("trainSeconds"),

    /** Wall-clock seconds of SCORE, all shards together. */
    SCORE_SECONDS("scoreSeconds"),

    /** Wall-clock seconds of SELECT. */
    SELECT_SECONDS("selectSeconds"),

    /** Wall-clock seconds of LABEL. */
    LABEL_SECONDS("labelSeconds"),

    /** Seconds of TRAIN on GPUs, times those GPUs; 0 on the CPU. */
    TRAIN_GPU_SECONDS("trainGpuSeconds"),

    /** Likewise of SCORE. */
    SCORE_GPU_SECONDS("scoreGpuSeconds");

    private final String column;

    Figure(String column) {
        this.column = column;
    }

    /** Its name in the table. */
    public String column() {
        return column;
    }
}
