package io.viewal.contract;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A step of the active learning loop. Each runs as one Kubernetes Job and commits one result a shard. */
public enum Stage {
    /** Reads posed RGB-D frames, computes superpixels and their overlap, writes the prepared data set. */
    PREPARE(1),
    /** Trains the segmentation network on the labels so far. */
    TRAIN(1),
    /** Predicts every frame and scores every superpixel. */
    SCORE(1),
    /** Chooses superpixels (or frames) under the budget. */
    SELECT(1),
    /** Gets the chosen regions labeled and writes the grown label set and the round's page. */
    LABEL(1),
    /** Compares the arms of an experiment by the rounds that have ended. */
    REPORT(1);

    /** The stages of a round that selects; {@link #PREPARE} belongs to the data set, {@link #REPORT} to the experiment. */
    public static final List<Stage> ROUND = List.of(TRAIN, SCORE, SELECT, LABEL);

    private final int method;

    Stage(int method) {
        this.method = method;
    }

    /**
     * The version of what the stage does: raised when the same request comes to another outcome than before, so that the
     * results of both lie apart.
     */
    public int method() {
        return method;
    }

    /**
     * The stages of a round, in order.
     *
     * @param selecting false: nothing is to be selected, and the round ends with its training
     */
    public static List<Stage> ofRound(boolean selecting) {
        return selecting ? ROUND : List.of(TRAIN);
    }

    /** The stage of the round that this one follows at once; none for the first. */
    public Optional<Stage> previous() {
        int place = ROUND.indexOf(this);
        return place > 0 ? Optional.of(ROUND.get(place - 1)) : Optional.empty();
    }

    /** The name used in object keys, Job names and on the command line: {@code train}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name used in conditions and messages: {@code Train}. */
    public String title() {
        return name().charAt(0) + key().substring(1);
    }
}
