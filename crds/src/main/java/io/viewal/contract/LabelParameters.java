package io.viewal.contract;

import static java.util.Objects.requireNonNullElse;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Who labels. Absent fields take the defaults in parentheses. Made by {@link LabelParametersBuilder}.
 *
 * @param oracle where labels come from ({@code GroundTruth})
 * @param answer what the oracle says of a region ({@code Exact})
 * @param clicks that answers may cost, of a budget of clicks; null: any number
 * @param pageFrames how many of the chosen frames the round's page shows (6)
 * @param propagation how labels are carried into other views of the same surface; null: not at all
 */
@RecordBuilder
public record LabelParameters(Oracle oracle, Answer answer, Double clicks, Integer pageFrames, Propagation propagation)
        implements StageParameters {

    public LabelParameters {
        oracle = requireNonNullElse(oracle, Oracle.GroundTruth);
        answer = requireNonNullElse(answer, Answer.Exact);
        pageFrames = requireNonNullElse(pageFrames, 6);
    }

    /** Where labels come from. */
    @SuppressWarnings("MemberName") // The names are the YAML's.
    public enum Oracle {
        /** The data set's own labels. */
        GroundTruth
    }

    /** What an oracle says of a region. */
    @SuppressWarnings("MemberName") // The names are the YAML's.
    public enum Answer {
        /** The class of each pixel, as in the paper. */
        Exact,

        /** One class for the whole region: its most frequent one, for one click. */
        Dominant
    }

    /**
     * Carries labels into other views of the same surface.
     *
     * @param distanceThreshold two views see the same surface when their points are closer than this, in metres (0.05)
     */
    public record Propagation(Double distanceThreshold) {
        public Propagation {
            distanceThreshold = requireNonNullElse(distanceThreshold, 0.05);
        }
    }

    @Override
    public Stage stage() {
        return Stage.LABEL;
    }
}
