package io.viewal.worker.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.viewal.contract.ContractJson;
import io.viewal.contract.ExperimentRounds.Outcome;
import io.viewal.worker.report.Analysis.CurvePoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code report.json}: what the page says. What is not known is absent, or null in the matrix.
 *
 * @param version of this format, {@value #VERSION}
 * @param score name of the figure that scores are
 * @param confidence of intervals and tests
 * @param lastRound that all arms have
 * @param reference score of full supervision
 * @param best name of the arm with the greatest area
 * @param failed names of failed rounds
 * @param areaDifferences arms against the control in the area under the budget curve
 * @param scoreDifferences likewise in the score after the last round
 * @param penalties [winner, penalised] in the order of the arms, 0 to 1
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReportSummary(
        int version,
        String experiment,
        String score,
        double confidence,
        int lastRound,
        Mean reference,
        String best,
        List<ArmSummary> arms,
        List<String> failed,
        List<Tested> areaDifferences,
        List<Tested> scoreDifferences,
        List<List<Double>> penalties) {

    static final int VERSION = 1;

    /** A mean over seeds with its interval. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Mean(Double mean, Double low, Double high, int seeds) {
        static Mean of(Interval interval) {
            return new Mean(known(interval.mean()), known(interval.low()), known(interval.high()), interval.count());
        }
    }

    /** An arm; what it needs is by the percentage of the reference's score. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ArmSummary(
            String name,
            String strategy,
            String role,
            Mean area,
            Mean lastScore,
            Map<String, Labels> needed,
            List<Point> curve) {}

    /** The labels that a share of the reference takes: over the seeds that reach it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Labels(int reached, int seeds, Mean labeledFraction, Mean clicks, Mean seconds) {}

    /** A round of the learning curve. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Point(int round, Double labeledFraction, Double labeledPixels, Double clicks, Double seconds, Mean score) {}

    /** A difference to the control and its test. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Tested(String arm, Mean difference, Double p, Double holm, Double leastP, String verdict) {}

    static ReportSummary of(Analysis analysis) {
        return new ReportSummary(
                VERSION,
                analysis.results().name(),
                analysis.score().column(),
                analysis.confidence(),
                analysis.last(),
                analysis.reference().map(Mean::of).orElse(null),
                analysis.best().map(ArmRuns::name).orElse(null),
                analysis.arms().stream().map(arm -> arm(analysis, arm)).toList(),
                analysis.results().rows().stream()
                        .filter(row -> row.round().outcome() == Outcome.Failed)
                        .map(row -> row.round().name())
                        .toList(),
                tested(analysis.differences(run -> run.area(Figure.LABELED_FRACTION, analysis.last()))),
                tested(analysis.differences(run -> run.score(analysis.last()))),
                Arrays.stream(analysis.penalties())
                        .map(row -> Arrays.stream(row)
                                .mapToObj(ReportSummary::known)
                                .collect(Collectors.toList()))
                        .toList());
    }

    private static ArmSummary arm(Analysis analysis, ArmRuns arm) {
        Map<String, Labels> needed = new LinkedHashMap<>();
        for (double share : Analysis.SHARES) {
            analysis.needed(arm, Figure.LABELED_FRACTION, share)
                    .ifPresent(fraction -> needed.put(
                            Long.toString(Math.round(100 * share)),
                            new Labels(
                                    fraction.reached(),
                                    fraction.runs(),
                                    Mean.of(fraction.budget()),
                                    mean(analysis, arm, Figure.CLICKS, share),
                                    mean(analysis, arm, Figure.SECONDS, share))));
        }
        return new ArmSummary(
                arm.name(),
                arm.arm().strategy(),
                arm.arm().role().name(),
                Mean.of(analysis.area(arm, Figure.LABELED_FRACTION)),
                Mean.of(analysis.lastScore(arm)),
                needed.isEmpty() ? null : needed,
                curve(analysis, arm));
    }

    private static Mean mean(Analysis analysis, ArmRuns arm, Figure budget, double share) {
        return Mean.of(analysis.needed(arm, budget, share).orElseThrow().budget());
    }

    private static List<Point> curve(Analysis analysis, ArmRuns arm) {
        List<CurvePoint> fractions = analysis.curve(arm, Figure.LABELED_FRACTION);
        List<CurvePoint> pixels = analysis.curve(arm, Figure.LABELED_PIXELS);
        List<CurvePoint> clicks = analysis.curve(arm, Figure.CLICKS);
        List<CurvePoint> seconds = analysis.curve(arm, Figure.SECONDS);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < fractions.size(); i++) {
            points.add(new Point(
                    fractions.get(i).round(),
                    known(fractions.get(i).budget()),
                    known(pixels.get(i).budget()),
                    known(clicks.get(i).budget()),
                    known(seconds.get(i).budget()),
                    Mean.of(fractions.get(i).score())));
        }
        return points;
    }

    private static List<Tested> tested(List<Difference> differences) {
        return differences.stream()
                .map(d -> new Tested(
                        d.arm(),
                        Mean.of(d.difference()),
                        known(d.p()),
                        known(d.adjusted()),
                        known(d.leastAdjusted()),
                        Verdicts.of(d)))
                .toList();
    }

    private static Double known(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }

    byte[] toBytes() {
        return ContractJson.toBytes(this);
    }
}
