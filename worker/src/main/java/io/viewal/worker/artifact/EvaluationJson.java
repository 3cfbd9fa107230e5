package io.viewal.worker.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.viewal.contract.ContractJson;
import io.viewal.worker.artifact.MetricsJson.Figures;
import java.util.List;
import java.util.Map;

/**
 * {@code metrics.json} of an evaluation: the figures of a model on a split.
 *
 * @param model name of its file
 * @param modelSha256 of the file, lower-case hexadecimal
 * @param split that was measured
 * @param frames with labels
 * @param pixels with a label
 * @param figures over all classes
 * @param classes names by id: the rows and columns of the matrix
 * @param subsets by name
 * @param confusion pixels [truth, prediction]
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EvaluationJson(
        String model,
        String modelSha256,
        String split,
        int frames,
        long pixels,
        Figures figures,
        List<String> classes,
        Map<String, Subset> subsets,
        long[][] confusion) {

    /** Name of the file. */
    public static final String FILE = "metrics.json";

    /**
     * Figures of the pixels of some classes that were taken for one of them: others are left out, as benchmarks over fewer
     * classes do it.
     *
     * @param ids of the classes, in the order of the figures
     */
    public record Subset(int[] ids, Figures figures) {}

    /** The file's content. */
    public byte[] toBytes() {
        return ContractJson.toBytes(this);
    }
}
