package io.viewal.contract;

import static java.util.Objects.requireNonNullElse;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * How frames are predicted and regions scored. Absent fields take the defaults in parentheses. Made by
 * {@link ScoreParametersBuilder}.
 *
 * @param strategy the acquisition strategy's name ({@code ViewAL})
 * @param mode {@code corrected} (default) or {@code reference}
 * @param passes Monte Carlo dropout passes (20) of strategies that sample; 1, and for other strategies: one pass without
 *     dropout
 * @param distanceThreshold a point hits a pixel when their world points are closer than this, in metres (0.1; in mode
 *     {@code reference} the published code's 1.0)
 * @param dropout which dropouts the passes sample ({@code Backbone})
 */
@RecordBuilder
public record ScoreParameters(String strategy, Mode mode, Integer passes, Double distanceThreshold, Dropout dropout)
        implements StageParameters {

    public ScoreParameters {
        strategy = requireNonNullElse(strategy, "ViewAL");
        mode = requireNonNullElse(mode, Mode.corrected);
        passes = requireNonNullElse(passes, 20);
        distanceThreshold = requireNonNullElse(distanceThreshold, defaultDistanceThreshold(mode));
        dropout = requireNonNullElse(dropout, Dropout.Backbone);
    }

    /** The distance threshold of a mode, in metres, where none is given. */
    public static double defaultDistanceThreshold(Mode mode) {
        return mode == Mode.reference ? 1.0 : 0.1;
    }

    /** Where Monte Carlo dropout is active; what comes before it runs once a frame. */
    @SuppressWarnings("MemberName") // The names are the YAML's.
    public enum Dropout {
        /** Whole channels of the backbone's two outputs with probability 0.25, as in the published code. */
        Backbone,

        /** Single elements after the decoder's two 3 x 3 convolutions with probabilities 0.5 and 0.25, as in training. */
        Decoder
    }

    @Override
    public Stage stage() {
        return Stage.SCORE;
    }
}
