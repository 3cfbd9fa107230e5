package io.viewal.worker.stage;

import io.viewal.contract.PrepareParameters;
import io.viewal.contract.PrepareParameters.Format;
import io.viewal.contract.PrepareParameters.Sampling;
import io.viewal.contract.PrepareParameters.Source;
import io.viewal.contract.PrepareParameters.Volume;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.SourceScenes;
import io.viewal.worker.dataset.importer.ForeignSource;
import io.viewal.worker.dataset.importer.ImportFormat;
import io.viewal.worker.dataset.importer.ImportPolicy;
import io.viewal.worker.dataset.importer.ImportedScenes;
import io.viewal.worker.dataset.importer.OnError;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import io.viewal.worker.dataset.interchange.DirectorySceneSource;
import io.viewal.worker.dataset.interchange.TransformsScenes;
import io.viewal.worker.dataset.prepare.MappedScenes;
import io.viewal.worker.dataset.prepare.SampledScenes;
import io.viewal.worker.dataset.synthetic.SyntheticScenes;
import io.viewal.worker.store.files.StoreFileSystem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The scenes that a data set is prepared from, wherever they lie: sampled and with their classes mapped. */
final class DatasetSource {

    private final StageContext context;
    private final PrepareParameters parameters;
    private final Source source;

    private DatasetSource(StageContext context, PrepareParameters parameters) {
        this.context = context;
        this.parameters = parameters;
        this.source = parameters.source();
    }

    /**
     * Looks for the scenes.
     *
     * @param parameters resolved, so without a benchmark
     * @throws InvalidInputException when not one source is given, or it is in another bucket, or classes can't be mapped
     */
    static SourceScenes scenes(StageContext context, PrepareParameters parameters) throws IOException {
        SourceScenes sampled = new DatasetSource(context, parameters).sampled();
        return MappedScenes.of(sampled, parameters.classes(), parameters.labelMapping());
    }

    /** An import takes no more frames than are asked for; those of others are known before they are read. */
    private SourceScenes sampled() throws IOException {
        if (source == null
                || Stream.of(source.uri(), source.volume(), source.synthetic())
                                .filter(Objects::nonNull)
                                .count()
                        != 1) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "The data set's source must have one of 'uri', 'volume', 'synthetic' and 'benchmark'");
        }
        if (source.format() != Format.Interchange) {
            return imported();
        }
        SourceScenes all = source.synthetic() == null ? interchange() : new SyntheticScenes(source.synthetic());
        return SampledScenes.of(all, parameters.sampling());
    }

    private SourceScenes interchange() {
        boolean lenient = parameters.onError() == PrepareParameters.OnError.Skip;
        Optional<Path> folder = folder();
        return new TransformsScenes(
                folder.isPresent()
                        ? new DirectorySceneSource(folder.get())
                        : new StoreSceneSource(context.store(), prefix(), source.uri()),
                lenient,
                source.depthScale() == null ? OptionalDouble.empty() : OptionalDouble.of(source.depthScale()));
    }

    private SourceScenes imported() throws IOException {
        if (source.synthetic() != null) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "The data set's source has the format " + source.format()
                            + ", which is that of a uri or a volume: leave it out");
        }
        String bucket = context.request().store().bucket();
        Path path = folder().orElseGet(() -> StoreFileSystem.folder(context.store(), bucket, prefix()));
        Sampling sampling = parameters.sampling();
        ImportPolicy policy = new ImportPolicy(
                parameters.onError() == PrepareParameters.OnError.Skip ? OnError.SKIP : OnError.FAIL,
                sampling.every(),
                sampling.most() == 0 ? Integer.MAX_VALUE : sampling.most(),
                false,
                source.depthScale() != null);
        SourceOptions plain = new SourceOptions(
                true,
                Optional.ofNullable(source.labelTable()).map(path::resolve),
                Optional.empty(),
                Optional.ofNullable(source.depthScale()));
        SourceOptions options = Optional.ofNullable(source.camera())
                .map(camera -> plain.withCamera(camera.fx(), camera.fy(), camera.cx(), camera.cy()))
                .orElse(plain);
        return new ImportedScenes(
                new ForeignSource(format(source.format()), path, options, policy),
                context.temporary("imported"),
                context::stopIfAsked);
    }

    private static ImportFormat format(Format format) {
        return switch (format) {
            case ScanNet -> ImportFormat.SCANNET;
            case ScanNetFrames -> ImportFormat.SCANNET_FRAMES;
            case TUM -> ImportFormat.TUM;
            case SceneNet -> ImportFormat.SCENENET;
            case Matterport -> ImportFormat.MATTERPORT;
            case COLMAP -> ImportFormat.COLMAP;
            case Hypersim -> ImportFormat.HYPERSIM;
            case Polycam -> ImportFormat.POLYCAM;
            case Transforms -> ImportFormat.TRANSFORMS;
            case Interchange -> throw new IllegalArgumentException("The interchange form is not imported");
        };
    }

    /** Where the scenes lie on this machine; empty: they lie in the bucket. */
    private Optional<Path> folder() {
        if (source.volume() != null) {
            return Optional.of(allowed(Path.of(Volume.MOUNT, source.volume().path())));
        }
        return source.uri().startsWith("dir:")
                ? Optional.of(allowed(Path.of(source.uri().substring("dir:".length()))))
                : Optional.empty();
    }

    /** Refuses what may exist but can't be looked into, which reads as if it did not exist. */
    private static Path allowed(Path folder) {
        if (!Files.notExists(folder) && !Files.isReadable(folder)) {
            throw new InvalidInputException(
                    Reason.InvalidDataset,
                    folder + ": the worker's user may not read it: let others read the folder's files and enter the"
                            + " folders above it (chmod -R o+rX)");
        }
        return folder;
    }

    /** In the bucket, without slashes at its ends. */
    private String prefix() {
        URI uri = URI.create(source.uri());
        String bucket = context.request().store().bucket();
        if (!"s3".equals(uri.getScheme()) || !bucket.equals(uri.getHost())) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "The data set's source is '" + source.uri() + "': expected s3://" + bucket
                            + "/<prefix> in the class's own bucket, or dir:<path>");
        }
        return uri.getPath().replaceAll("^/+|/+$", "");
    }
}
