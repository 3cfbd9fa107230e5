package io.viewal.worker.dataset.importer;

import io.viewal.contract.StageFailure;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.importer.colmap.ColmapImporter;
import io.viewal.worker.dataset.importer.hypersim.HypersimImporter;
import io.viewal.worker.dataset.importer.matterport.MatterportImporter;
import io.viewal.worker.dataset.importer.nerf.PolycamImporter;
import io.viewal.worker.dataset.importer.nerf.TransformsImporter;
import io.viewal.worker.dataset.importer.scannet.ScanNetFramesImporter;
import io.viewal.worker.dataset.importer.scannet.SensImporter;
import io.viewal.worker.dataset.importer.scenenet.SceneNetImporter;
import io.viewal.worker.dataset.importer.source.ForeignScene;
import io.viewal.worker.dataset.importer.source.SceneImporter;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import io.viewal.worker.dataset.importer.tum.TumImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The layouts that can be imported. */
public enum ImportFormat {
    /** ScanNet's sensor streams, see {@link SensImporter}. */
    SCANNET("scannet", SensImporter::new, ImportOption.LABEL_TABLE),
    /** Exported ScanNet frames, see {@link ScanNetFramesImporter}. */
    SCANNET_FRAMES("scannet-frames", ScanNetFramesImporter::new, ImportOption.LABEL_TABLE, ImportOption.NO_SUPERPIXELS),
    /** Sequences of the TUM RGB-D benchmark, see {@link TumImporter}. */
    TUM("tum", TumImporter::new, ImportOption.CAMERA, ImportOption.DEPTH_SCALE),
    /** Rendered trajectories, see {@link SceneNetImporter}. */
    SCENENET("scenenet", SceneNetImporter::new, ImportOption.LABEL_TABLE),
    /** Houses, see {@link MatterportImporter}. */
    MATTERPORT("matterport", MatterportImporter::new),
    /** Models as text with depth maps, see {@link ColmapImporter}. */
    COLMAP("colmap", ColmapImporter::new, ImportOption.DEPTH_SCALE),
    /** Trajectories with HDF5 images, see {@link HypersimImporter}. */
    HYPERSIM("hypersim", HypersimImporter::new, ImportOption.CAMERA),
    /** Raw exports of the Polycam app, see {@link PolycamImporter}. */
    POLYCAM("polycam", PolycamImporter::new),
    /** Other forms of transforms.json, see {@link TransformsImporter}. */
    TRANSFORMS(
            "transforms",
            TransformsImporter::new,
            ImportOption.LABEL_COLORS,
            ImportOption.DEPTH_SCALE,
            ImportOption.NO_SUPERPIXELS);

    private final String key;
    private final Supplier<SceneImporter> importer;
    private final Set<ImportOption> options;

    ImportFormat(String key, Supplier<SceneImporter> importer, ImportOption... options) {
        this.key = key;
        this.importer = importer;
        this.options = Set.of(options);
    }

    /** The name that users give. */
    @Override
    public String toString() {
        return key;
    }

    /**
     * The scenes of a data set in this layout.
     *
     * @throws io.viewal.worker.InvalidInputException when it is in another one, or an option means nothing to this one
     */
    public List<ForeignScene> scenes(Path source, SourceOptions given) throws IOException {
        for (ImportOption option : ImportOption.values()) {
            if (option.isGiven(given) && !options.contains(option)) {
                throw new InvalidInputException(
                        StageFailure.Reason.InvalidRequest,
                        "The format " + key + " does not use " + option + ", which is for "
                                + Stream.of(values())
                                        .filter(format -> format.options.contains(option))
                                        .map(ImportFormat::toString)
                                        .collect(Collectors.joining(", "))
                                + ": leave it out");
            }
        }
        return importer.get().scenes(source, given);
    }

    /** The importer of this layout. */
    public SceneImporter importer() {
        return importer.get();
    }
}
