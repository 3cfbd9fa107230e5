package io.viewal.contract;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/**
 * Who labels. Absent fields take the defaults in parentheses. Made by {@link LabelParametersBuilder}.
 *
 * @param oracle where labels come from ({@code GroundTruth})
 * @param answer what {@code GroundTruth} says of a region ({@code Exact})
 * @param clicks that answers may cost, of a budget of clicks; null: any number
 * @param pageFrames how many of the chosen frames the round's page shows (6)
 * @param propagation how labels are carried into other views of the same surface; null: not at all
 * @param deadline when the round goes on with the answers that {@code Annotators} gave so far; null: never
 * @param minimumShare of the regions, above 0 to 1, on whose answers by {@code Annotators} the round goes on; null: all
 */
@RecordBuilder
public record LabelParameters(
        Oracle oracle,
        Answer answer,
        Double clicks,
        Integer pageFrames,
        Propagation propagation,
        Instant deadline,
        Double minimumShare)
        implements StageParameters {

    public LabelParameters {
        oracle = requireNonNullElse(oracle, Oracle.GroundTruth);
        answer = requireNonNullElse(answer, Answer.Exact);
        pageFrames = requireNonNullElse(pageFrames, 6);
        if (minimumShare != null && !(minimumShare > 0 && minimumShare <= 1)) {
            throw new IllegalArgumentException(
                    "labeling.minimumShare is " + minimumShare + ": expected above 0, 1 at most");
        }
    }

    /**
     * Whether people have answered enough to go on.
     *
     * @param answered how many of the regions
     * @param spent clicks
     */
    @JsonIgnore
    public boolean enough(int answered, int regions, long spent, Instant now) {
        double share = minimumShare == null ? 1 : minimumShare;
        return answered >= share * regions
                || clicks != null && spent >= clicks
                || deadline != null && !now.isBefore(deadline);
    }

    /** Where labels come from. */
    @SuppressWarnings("MemberName") // The names are the YAML's.
    public enum Oracle {
        /** The data set's own labels. */
        GroundTruth,

        /** People, by the labeling page. */
        Annotators
    }

    /** What ground truth says of a region. */
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
