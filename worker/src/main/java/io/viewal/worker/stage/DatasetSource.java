package io.viewal.worker.stage;

import io.viewal.contract.PrepareParameters;
import io.viewal.contract.PrepareParameters.Source;
import io.viewal.contract.PrepareParameters.Volume;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.SourceScenes;
import io.viewal.worker.dataset.interchange.DirectorySceneSource;
import io.viewal.worker.dataset.interchange.TransformsScenes;
import io.viewal.worker.dataset.prepare.MappedScenes;
import io.viewal.worker.dataset.prepare.SampledScenes;
import io.viewal.worker.dataset.synthetic.SyntheticScenes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** The scenes that a data set is prepared from, wherever they lie: sampled and with their classes mapped. */
final class DatasetSource {

    private DatasetSource() {}

    /**
     * Looks for the scenes.
     *
     * @param parameters resolved, so without a benchmark
     * @throws InvalidInputException when not one source is given, or it is in another bucket, or classes can't be mapped
     */
    static SourceScenes scenes(StageContext context, PrepareParameters parameters) throws IOException {
        SourceScenes all = source(context, parameters.source());
        SourceScenes sampled = SampledScenes.of(all, parameters.sampling());
        return MappedScenes.of(sampled, parameters.classes(), parameters.labelMapping());
    }

    private static SourceScenes source(StageContext context, Source source) {
        if (source == null
                || Stream.of(source.uri(), source.volume(), source.synthetic())
                                .filter(Objects::nonNull)
                                .count()
                        != 1) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "The data set's source must have one of 'uri', 'volume', 'synthetic' and 'benchmark'");
        }
        if (source.synthetic() != null) {
            return new SyntheticScenes(source.synthetic());
        }
        if (source.volume() != null) {
            return new TransformsScenes(new DirectorySceneSource(
                    Path.of(Volume.MOUNT, source.volume().path())));
        }
        if (source.uri().startsWith("dir:")) {
            return new TransformsScenes(
                    new DirectorySceneSource(Path.of(source.uri().substring("dir:".length()))));
        }
        URI uri = URI.create(source.uri());
        String bucket = context.request().store().bucket();
        if (!"s3".equals(uri.getScheme()) || !bucket.equals(uri.getHost())) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "The data set's source is '" + source.uri() + "': expected s3://" + bucket
                            + "/<prefix> in the class's own bucket, or dir:<path>");
        }
        String prefix = uri.getPath().replaceAll("^/+|/+$", "");
        return new TransformsScenes(new StoreSceneSource(context.store(), prefix, source.uri()));
    }
}
