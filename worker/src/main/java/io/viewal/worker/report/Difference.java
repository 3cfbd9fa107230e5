package io.viewal.worker.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How an arm differs from the control, seed by seed.
 *
 * @param difference the arm's value less the control's, over the pairs
 * @param p of the exact sign-flip test; NaN without a pair
 * @param adjusted p by Holm's method over all arms that are compared with the control
 * @param leastP the least p that so many pairs allow
 * @param leastAdjusted the least that can become of it beside so many other arms
 * @param level below which an adjusted p is significant
 */
record Difference(
        String arm, Interval difference, double p, double adjusted, double leastP, double leastAdjusted, double level) {

    /** Pairs of runs. */
    int pairs() {
        return difference.count();
    }

    /** What may be said of it. */
    enum Verdict {
        /** So few seeds can't tell, whatever the scores are. */
        UNTESTABLE,
        HIGHER,
        LOWER,
        NOT_SHOWN
    }

    Verdict verdict() {
        if (pairs() == 0 || leastAdjusted > level) {
            return Verdict.UNTESTABLE;
        }
        if (adjusted > level) {
            return Verdict.NOT_SHOWN;
        }
        return difference.mean() > 0 ? Verdict.HIGHER : Verdict.LOWER;
    }

    /** The differences of arms from the control in a value of their runs. */
    static List<Difference> of(List<ArmRuns> arms, ArmRuns control, ToDoubleFunction<Run> value, Bootstrap bootstrap) {
        List<double[]> pairs = arms.stream()
                .map(arm -> new Pairs(arm.runs(), control.runs()).differences(value))
                .toList();
        double[] p = pairs.stream().mapToDouble(SignFlipTest::p).toArray();
        double[] adjusted = Holm.adjusted(p);
        long tests = pairs.stream().filter(d -> d.length > 0).count();
        double least = pairs.stream()
                .filter(d -> d.length > 0)
                .mapToDouble(d -> SignFlipTest.leastP(d.length))
                .min()
                .orElse(1);
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < arms.size(); i++) {
            double own = SignFlipTest.leastP(pairs.get(i).length);
            differences.add(new Difference(
                    arms.get(i).name(),
                    bootstrap.mean(Arrays.stream(pairs.get(i))),
                    p[i],
                    adjusted[i],
                    own,
                    // Holm multiplies the least of all p-values by the number of tests, and no other one becomes less.
                    Math.min(1, Math.max(own, tests * least)),
                    1 - bootstrap.confidence()));
        }
        return differences;
    }
}
