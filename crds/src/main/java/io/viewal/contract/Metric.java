package io.viewal.contract;

/** Names of the figures in {@link StageResult#metrics()}. */
public final class Metric {

    /** Mean intersection over union on the validation split, 0 to 1. */
    public static final String VALIDATION_MIOU = "validationMeanIoU";

    /** Mean intersection over union on the test split, 0 to 1. */
    public static final String TEST_MIOU = "testMeanIoU";

    /** Share of labeled pixels of the test split that are right, 0 to 1. */
    public static final String TEST_ACCURACY = "testAccuracy";

    /** Mean training loss of the last epoch. */
    public static final String LOSS = "loss";

    /** Seconds that the training loop waited for its input. */
    public static final String INPUT_WAIT = "inputWaitSeconds";

    /** Pixels that a training learned from: of all labeled regions, void ones included, as {@link #LABELED_PIXELS}. */
    public static final String TRAINED_ON_PIXELS = "trainedOnPixels";

    /** Their share of the train split, 0 to 1. */
    public static final String TRAINED_ON_FRACTION = "trainedOnFraction";

    /** Regions that they are of; a whole frame is one. */
    public static final String TRAINED_ON_REGIONS = "trainedOnRegions";

    /** Clicks that labeling them cost, as {@link #CLICKS}. */
    public static final String TRAINED_ON_CLICKS = "trainedOnClicks";

    /** Seconds of a person's work that labeling them cost, as {@link #LABELING_SECONDS}. */
    public static final String TRAINED_ON_SECONDS = "trainedOnSeconds";

    /** Scenes in the data set. */
    public static final String SCENES = "scenes";

    /** Frames in the data set (or scored, or chosen from). */
    public static final String FRAMES = "frames";

    /** Classes in the data set. */
    public static final String CLASSES = "classes";

    /** Regions that were scored, chosen or labeled. */
    public static final String REGIONS = "regions";

    /** Pixels of the train split. */
    public static final String TRAIN_PIXELS = "trainPixels";

    /** Pixels labeled so far. */
    public static final String LABELED_PIXELS = "labeledPixels";

    /** Labeled share of the train split, 0 to 1. */
    public static final String LABELED_FRACTION = "labeledFraction";

    /** The best mean intersection over union that labels of whole superpixels allow, 0 to 1. */
    public static final String SUPERPIXEL_MIOU = "superpixelMeanIoU";

    /** Frames that could not be read and were left out. */
    public static final String LEFT_OUT = "leftOutFrames";

    /** Scenes that had been prepared before, of the same content in the same way. */
    public static final String REUSED_SCENES = "reusedScenes";

    /** Pixels chosen or labeled in this round. */
    public static final String ROUND_PIXELS = "roundPixels";

    /** Clicks that the labels so far cost, as counted of people or by the worker's model; the seed set's among them. */
    public static final String CLICKS = "clicks";

    /** Seconds of a person's work that the labels so far cost, measured or by the same model. */
    public static final String LABELING_SECONDS = "labelingSeconds";

    /** Clicks that the labels of this round cost. */
    public static final String ROUND_CLICKS = "roundClicks";

    /** Share of the pixels labeled in this round that are not wall, floor or ceiling, 0 to 1. */
    public static final String ROUND_FOREGROUND = "roundForegroundFraction";

    /** Chosen regions that the oracle could not label, as they are void or people skipped them; back in the pool. */
    public static final String SKIPPED_REGIONS = "skippedRegions";

    /** Chosen regions that were not asked about as the clicks were spent, or not answered; they are back in the pool. */
    public static final String RETURNED_REGIONS = "returnedRegions";

    /** Pixels of the train split that carry the label of another view. */
    public static final String PROPAGATED_PIXELS = "propagatedPixels";

    /** Share of the propagated pixels with ground truth that are right, 0 to 1. */
    public static final String PROPAGATED_PRECISION = "propagatedPrecision";

    /** People who answered in this round. */
    public static final String ANNOTATORS = "annotators";

    /** Seconds that people worked on this round, what they skipped and corrected included; idle time is cut. */
    public static final String ANSWER_SECONDS = "answerSeconds";

    /** Wall-clock seconds that the stage took. */
    public static final String SECONDS = "seconds";

    /** The score of the best arm after the last round that all arms have, 0 to 1; of a report. */
    public static final String BEST_SCORE = "bestScore";

    /** Ends the name of a metric that is the beginning of its interval. */
    public static final String LOW = "Low";

    /** Ends the name of a metric that is the end of its interval. */
    public static final String HIGH = "High";

    private Metric() {}

    /**
     * Labeled share of the train split with which the best arm reaches a share of the reference's score, {@code
     * labelsFor95}; in a report where all its seeds do.
     */
    public static String labelsFor(double share) {
        return "labelsFor" + Math.round(100 * share);
    }
}
