package io.viewal.worker.dataset.check;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How well the views of a scene agree: points of one view, seen from another.
 *
 * @param pairs pairs of views compared
 * @param points that land in the other view where it knows the depth
 * @param agreeing share of them at the depth that the other view measured, within {@value AgreementMeter#TOLERANCE}
 * @param through share of them that the other view looks through: it measured something clearly farther away. With true
 *     geometry only noise and outlines cause this
 * @param medianLogRatio median of ln(depth of the point / depth measured there) over all of them; hidden points raise it
 * @param color correlation of grey values over the points that are not hidden, −1 to 1; 0 when undefined
 * @param partnered share of the views with a partner: a pair in which enough points are not hidden
 */
public record Agreement(
        int pairs, int points, double agreeing, double through, double medianLogRatio, double color, double partnered) {

    /** Nothing was compared. */
    static final Agreement NONE = new Agreement(0, 0, 0, 0, 0, 0, 0);

    /** What a point that is hidden in the other view weighs against one that the other view looks through. */
    private static final double HIDDEN = 0.1;

    /**
     * One number from 0 to 1: agreeing points against those that must not be. Walls and furniture hide points in good
     * scenes as well, so hidden points weigh little; but where all are hidden nothing agrees.
     */
    @JsonProperty
    public double score() {
        double hidden = 1 - agreeing - through;
        double all = agreeing + through + HIDDEN * hidden;
        return all > 0 ? agreeing / all : 0;
    }
}
