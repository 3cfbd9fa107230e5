package io.viewal.contract;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A step of the active learning loop. Each runs as one Kubernetes Job and commits one result a shard. */
public enum Stage {
    /** Reads posed RGB-D frames, computes superpixels and their overlap, writes the prepared data set. */
    PREPARE,
    /** Trains the segmentation network on the labels so far. */
    TRAIN,
    /** Predicts every frame and scores every superpixel. */
    SCORE,
    /** Chooses superpixels (or frames) under the budget. */
    SELECT,
    /** Gets the chosen regions labeled and writes the grown label set and the round's page. */
    LABEL,
    /** Compares the arms of an experiment by the rounds that have ended. */
    REPORT;

    /** The stages of a round that selects; {@link #PREPARE} belongs to the data set, {@link #REPORT} to the experiment. */
    public static final List<Stage> ROUND = List.of(TRAIN, SCORE, SELECT, LABEL);

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
