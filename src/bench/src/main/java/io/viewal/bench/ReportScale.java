package io.viewal.bench;

import io.viewal.contract.ExperimentRequests;
import io.viewal.contract.ReportParametersBuilder;
import io.viewal.contract.StoreLocation;
import io.viewal.worker.report.ExperimentReport;
import io.viewal.worker.report.ExperimentResults;
import io.viewal.worker.report.ExperimentWriter;
import io.viewal.worker.stage.ExperimentReader;
import io.viewal.worker.stage.ExperimentRecords;
import io.viewal.worker.store.ObjectStore;
import java.util.Map;

/**
 * The report of a large experiment: time, peak memory, size of the page. Arguments: {@code write STORE ARMS SEEDS ROUNDS}, then
 * in another process {@code report STORE}.
 */
public final class ReportScale {

    /** As many as the paper's data set has. */
    private static final int CLASSES = 40;

    /** About 10 images of 48 superpixels. */
    private static final int REGIONS = 500;

    private ReportScale() {}

    /** Measures. */
    public static void main(String[] arguments) {
        StoreLocation location = new StoreLocation("dir:" + arguments[1], "", "", "");
        try (ObjectStore store = ObjectStore.open(location, null)) {
            if (arguments[0].equals("write")) {
                new ExperimentWriter(store, location, CLASSES, REGIONS)
                        .write(
                                Integer.parseInt(arguments[2]),
                                Integer.parseInt(arguments[3]),
                                Integer.parseInt(arguments[4]));
            } else {
                report(store);
            }
        }
    }

    private static void report(ObjectStore store) {
        try (PeakMemory memory = new PeakMemory()) {
            long started = System.nanoTime();
            ExperimentRecords records = new ExperimentRecords(store, ExperimentRequests.folder("", "local"));
            ExperimentResults results =
                    new ExperimentReader(store).read(records.newest(ExperimentWriter.OWNER.name()), done -> {});
            double read = (System.nanoTime() - started) / 1e9;
            Map<String, byte[]> files = new ExperimentReport(
                            results, ReportParametersBuilder.builder().build(), ExperimentRequests.SEED)
                    .files();
            double made = (System.nanoTime() - started) / 1e9;
            System.out.printf(
                    "%d rounds: read in %.1f s, made in %.1f s, peak %d MiB, page %.2f MiB, %d files%n",
                    results.rows().size(),
                    read,
                    made,
                    memory.peak() >> 20,
                    files.get(ExperimentReport.PAGE).length / 1048576.0,
                    files.size());
        }
    }
}
