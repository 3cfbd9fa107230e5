package io.viewal.worker.model;

import java.util.List;

/**
 * What a pretrained state dict gave to the network.
 *
 * @param matched tensors taken, by the network's names
 * @param missing tensors of the network that the file lacks; they keep their initial values
 * @param unexpected tensors of the file that the network does not have
 */
public record PretrainedReport(List<String> matched, List<String> missing, List<String> unexpected) {

    public PretrainedReport {
        matched = List.copyOf(matched);
        missing = List.copyOf(missing);
        unexpected = List.copyOf(unexpected);
    }

    @Override
    public String toString() {
        return matched.size() + " tensors matched, " + missing.size() + " missing, " + unexpected.size()
                + " unexpected";
    }
}
