package io.viewal.worker.dataset.importer;

import java.util.List;

/**
 * What an import did.
 *
 * @param scenes scenes written
 * @param frames frames written
 * @param skipped frames left out, each with the reason
 */
public record ImportReport(int scenes, int frames, List<String> skipped) {

    public ImportReport {
        skipped = List.copyOf(skipped);
    }
}
