package io.viewal.contract;

import static java.util.Objects.requireNonNullElse;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * How an experiment's report is made. Absent fields take the defaults in parentheses. Made by
 * {@link ReportParametersBuilder}.
 *
 * @param confidence of its intervals and tests (0.95)
 * @param resamples of the bootstrap (10,000)
 */
@RecordBuilder
public record ReportParameters(
        @Within(min = 0.5, max = 1, belowMax = true) Double confidence,
        @Within(min = 100, max = 1_000_000) Integer resamples)
        implements StageParameters {

    public ReportParameters {
        confidence = requireNonNullElse(confidence, 0.95);
        resamples = requireNonNullElse(resamples, 10_000);
    }

    @Override
    public Stage stage() {
        return Stage.REPORT;
    }
}
