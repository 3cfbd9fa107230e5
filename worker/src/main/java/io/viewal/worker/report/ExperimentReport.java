package io.viewal.worker.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.viewal.contract.Fact;
import io.viewal.contract.Metric;
import io.viewal.contract.ReportParameters;
import java.util.Map;
import java.util.TreeMap;

/** The files of an experiment's report; equal results give equal bytes. */
public final class ExperimentReport {

    /** Name of the page. */
    public static final String PAGE = "report.html";

    /** Name of the table of rounds. */
    public static final String TABLE = "rounds.csv";

    /** Name of the summary. */
    public static final String SUMMARY = "report.json";

    private final Analysis analysis;

    /**
     * The report of these results.
     *
     * @param seed that resamples are drawn from
     */
    public ExperimentReport(ExperimentResults results, ReportParameters parameters, long seed) {
        this.analysis = new Analysis(results, parameters, seed);
    }

    /** The files' content, by their path. */
    public Map<String, byte[]> files() {
        Charts charts = new Charts(analysis.arms());
        Map<String, byte[]> files = new TreeMap<>();
        files.put(PAGE, new ReportPage(analysis, charts).html().getBytes(UTF_8));
        charts.drawn().forEach((name, chart) -> files.put("figures/" + name + ".svg", chart.file()));
        ExperimentResults results = analysis.results();
        files.put(TABLE, RoundsCsv.write(results.arms(), results.rows()).getBytes(UTF_8));
        files.put(SUMMARY, ReportSummary.of(analysis).toBytes());
        return files;
    }

    /** Figures for the status, by the names in {@link Metric}. */
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>();
        analysis.best().ifPresent(best -> {
            metrics.put(Metric.BEST_SCORE, analysis.lastScore(best).mean());
            for (double share : Analysis.SHARES) {
                analysis.needed(best, Figure.LABELED_FRACTION, share)
                        .filter(needed -> needed.reached() == needed.runs())
                        .ifPresent(needed -> put(metrics, Metric.labelsFor(share), needed.budget()));
            }
        });
        return metrics;
    }

    private static void put(Map<String, Double> metrics, String name, Interval value) {
        metrics.put(name, value.mean());
        if (value.count() > 1) {
            metrics.put(name + Metric.LOW, value.low());
            metrics.put(name + Metric.HIGH, value.high());
        }
    }

    /** Short texts for the status, by the names in {@link Fact}. */
    public Map<String, String> facts() {
        return analysis.best().map(best -> Map.of(Fact.BEST_ARM, best.name())).orElse(Map.of());
    }
}
