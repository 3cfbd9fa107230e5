package io.viewal.worker.model;

import java.util.List;

/**
 * What a pretrained state dict gave to the network.
 *
 * @param matched tensors taken, by the network's names
 * @param missing tensors of the network that the file lacks; they keep their initial values
 * @param unexpected tensors of the file that the network does not have
 * @param remarks what else a user should know of the choice
 */
public record PretrainedReport(
        List<String> matched, List<String> missing, List<String> unexpected, List<String> remarks) {

    public PretrainedReport {
        matched = List.copyOf(matched);
        missing = List.copyOf(missing);
        unexpected = List.copyOf(unexpected);
        remarks = List.copyOf(remarks);
    }

    @Override
    public String toString() {
        String counts = matched.size() + " tensors matched, " + missing.size() + " missing, " + unexpected.size()
                + " unexpected";
        return remarks.isEmpty() ? counts : counts + "; " + String.join("; ", remarks);
    }
}
