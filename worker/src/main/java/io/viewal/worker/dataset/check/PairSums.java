package io.viewal.worker.dataset.check;

/** Adds up the comparisons of all pairs. */
final class PairSums {

    /** Ratios are counted in steps of 1%, from e⁻¹⁰ to e¹⁰. */
    private static final int STEPS = 2000;

    private static final double STEPS_A_UNIT = 100;
    private static final double LEAST = Math.log(1 - AgreementMeter.TOLERANCE);
    private static final double MOST = Math.log(1 + AgreementMeter.TOLERANCE);

    private final int[] ratios = new int[STEPS];
    private int points;
    private int agreeing;
    private int through;
    private double covariance;
    private double fromVariance;
    private double toVariance;

    // Of the pair at hand: grey values of points that are not hidden.
    private int landed;
    private int seen;
    private double from;
    private double to;
    private double fromFrom;
    private double toTo;
    private double fromTo;

    void begin() {
        landed = 0;
        seen = 0;
        from = 0;
        to = 0;
        fromFrom = 0;
        toTo = 0;
        fromTo = 0;
    }

    void add(double logRatio, int fromGrey, int toGrey) {
        points++;
        landed++;
        ratios[(int) Math.max(0, Math.min(STEPS - 1, (logRatio + STEPS / 2 / STEPS_A_UNIT) * STEPS_A_UNIT))]++;
        if (logRatio > MOST) {
            return;
        }
        if (logRatio >= LEAST) {
            agreeing++;
        } else {
            through++;
        }
        seen++;
        from += fromGrey;
        to += toGrey;
        fromFrom += fromGrey * fromGrey;
        toTo += toGrey * toGrey;
        fromTo += fromGrey * toGrey;
    }

    /**
     * Ends a pair. Exposure differs between views, so grey values are compared about their means in the pair.
     *
     * @return share of the pair's points that are not hidden
     */
    double end() {
        if (seen > 0) {
            covariance += fromTo - from * to / seen;
            fromVariance += fromFrom - from * from / seen;
            toVariance += toTo - to * to / seen;
        }
        return landed == 0 ? 0 : (double) seen / landed;
    }

    Agreement agreement(int pairs, double partnered) {
        double norm = Math.sqrt(fromVariance * toVariance);
        return new Agreement(
                pairs,
                points,
                points == 0 ? 0 : (double) agreeing / points,
                points == 0 ? 0 : (double) through / points,
                median(),
                norm > 0 ? covariance / norm : 0,
                partnered);
    }

    private double median() {
        int left = (points + 1) / 2;
        int step = 0;
        while (step < STEPS - 1 && left > ratios[step]) {
            left -= ratios[step++];
        }
        return points == 0 ? 0 : (step + 0.5 - STEPS / 2) / STEPS_A_UNIT;
    }
}
