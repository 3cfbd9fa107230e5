package io.viewal.worker.dataset.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * What the check found in a scene.
 *
 * @param scene its name
 * @param frames that were compared
 * @param fault what is wrong; {@link Fault#NONE}: nothing
 * @param asIs how well the views agree as the scene is
 * @param corrected how well they agree when the fault is undone; null when no correction is known
 * @param problem what is wrong, a clause; null for {@link Fault#NONE}
 * @param fix what to do about it, a clause; null for {@link Fault#NONE} and where {@code problem} says it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SceneFinding(
        String scene, int frames, Fault fault, Agreement asIs, Agreement corrected, String problem, String fix) {

    /**
     * The finding on a scene that can't be read.
     *
     * @param why a sentence that says what to do
     */
    public static SceneFinding unreadable(String scene, String why) {
        return new SceneFinding(scene, 0, Fault.UNREADABLE, Agreement.NONE, null, why, null);
    }

    /** True when nothing is wrong. */
    @JsonProperty
    public boolean ok() {
        return fault == Fault.NONE;
    }

    /** True when nothing is known to be wrong, but nothing shows that all is right. */
    @JsonProperty
    public boolean doubtful() {
        return fault == Fault.DOUBTFUL || fault == Fault.TOO_FEW_OVERLAPS;
    }

    /** The finding with its figures and what to do. */
    @JsonProperty
    public String sentence() {
        if (fault == Fault.UNREADABLE) {
            return problem;
        }
        String agreement = String.format(
                Locale.ROOT,
                "its views agree with a score of %.2f, colour correlation %.2f",
                asIs.score(),
                asIs.color());
        if (ok()) {
            return "Scene '" + scene + "' is good: " + agreement;
        }
        String after = corrected == null
                ? ""
                : String.format(
                        Locale.ROOT, "; corrected, with %.2f, colour %.2f", corrected.score(), corrected.color());
        return "Scene '" + scene + "': " + problem + " (" + agreement + after + "): " + fix;
    }
}
