package io.viewal.worker.stage;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ExperimentRequests;
import io.viewal.contract.ReportParameters;
import io.viewal.worker.report.ExperimentReport;
import io.viewal.worker.report.ExperimentResults;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** REPORT: compares the arms of an experiment by the rounds that have ended. */
final class ReportStage implements StageWork {

    @Override
    public Output run(StageContext context) throws IOException {
        ExperimentResults results = new ExperimentReader(context.store())
                .read(context.input(ExperimentRequests.ROUNDS), done -> context.stopIfAsked());
        ExperimentReport report = new ExperimentReport(
                results,
                context.parameters(ReportParameters.class),
                context.request().seed());
        Map<String, ArtifactRef> artifacts = new TreeMap<>();
        for (Map.Entry<String, byte[]> file : report.files().entrySet()) {
            artifacts.put(name(file.getKey()), context.publish(file.getKey(), file.getValue()));
        }
        return new Output(artifacts, report.metrics(), report.facts());
    }

    /** What an artifact is known by: a figure by its file. */
    private static String name(String file) {
        return switch (file) {
            case ExperimentReport.PAGE -> ExperimentRequests.PAGE;
            case ExperimentReport.TABLE -> ExperimentRequests.TABLE;
            case ExperimentReport.SUMMARY -> ExperimentRequests.SUMMARY;
            default -> file;
        };
    }
}
