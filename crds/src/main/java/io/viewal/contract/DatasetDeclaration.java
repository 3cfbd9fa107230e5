package io.viewal.contract;

import java.util.List;
import java.util.Map;

/**
 * The {@code spec} of a {@code MultiViewDataset} as both the operator and the command line read it; fields as in
 * {@link PrepareParameters}.
 *
 * @param className name of the round class whose store holds the data set; null: the default one
 * @param shards workers that share the scenes (1)
 * @param resources what a preparing pod asks for
 */
public record DatasetDeclaration(
        String className,
        PrepareParameters.Source source,
        List<String> classes,
        Map<String, String> labelMapping,
        int width,
        int height,
        PrepareParameters.Sampling sampling,
        PrepareParameters.Splits splits,
        PrepareParameters.SeedSet seedSet,
        PrepareParameters.Superpixels superpixels,
        PrepareParameters.Overlap overlap,
        PrepareParameters.Preflight preflight,
        PrepareParameters.OnError onError,
        int shards,
        RoundDeclaration.Resources resources) {

    public DatasetDeclaration {
        shards = shards == 0 ? 1 : shards;
        resources = resources == null ? RoundDeclaration.Resources.NONE : resources;
    }

    /** The parameters of PREPARE. */
    public PrepareParameters prepareParameters() {
        return new PrepareParameters(
                source,
                classes,
                labelMapping,
                width,
                height,
                sampling,
                splits,
                seedSet,
                superpixels,
                overlap,
                preflight,
                onError);
    }
}
