package io.viewal.worker.dataset.importer;

import io.viewal.worker.dataset.importer.colmap.ColmapImporter;
import io.viewal.worker.dataset.importer.hypersim.HypersimImporter;
import io.viewal.worker.dataset.importer.matterport.MatterportImporter;
import io.viewal.worker.dataset.importer.nerf.PolycamImporter;
import io.viewal.worker.dataset.importer.nerf.TransformsImporter;
import io.viewal.worker.dataset.importer.scannet.ScanNetFramesImporter;
import io.viewal.worker.dataset.importer.scannet.SensImporter;
import io.viewal.worker.dataset.importer.scenenet.SceneNetImporter;
import io.viewal.worker.dataset.importer.source.SceneImporter;
import io.viewal.worker.dataset.importer.tum.TumImporter;
import java.util.function.Supplier;

/** The layouts that can be imported. */
public enum ImportFormat {
    /** ScanNet's sensor streams, see {@link SensImporter}. */
    SCANNET("scannet", SensImporter::new),
    /** Exported ScanNet frames, see {@link ScanNetFramesImporter}. */
    SCANNET_FRAMES("scannet-frames", ScanNetFramesImporter::new),
    /** Sequences of the TUM RGB-D benchmark, see {@link TumImporter}. */
    TUM("tum", TumImporter::new),
    /** Rendered trajectories, see {@link SceneNetImporter}. */
    SCENENET("scenenet", SceneNetImporter::new),
    /** Houses, see {@link MatterportImporter}. */
    MATTERPORT("matterport", MatterportImporter::new),
    /** Models as text with depth maps, see {@link ColmapImporter}. */
    COLMAP("colmap", ColmapImporter::new),
    /** Trajectories with HDF5 images, see {@link HypersimImporter}. */
    HYPERSIM("hypersim", HypersimImporter::new),
    /** Raw exports of the Polycam app, see {@link PolycamImporter}. */
    POLYCAM("polycam", PolycamImporter::new),
    /** Other forms of transforms.json, see {@link TransformsImporter}. */
    TRANSFORMS("transforms", TransformsImporter::new);

    private final String key;
    private final Supplier<SceneImporter> importer;

    ImportFormat(String key, Supplier<SceneImporter> importer) {
        this.key = key;
        this.importer = importer;
    }

    /** The name that users give. */
    @Override
    public String toString() {
        return key;
    }

    /** The importer of this layout. */
    public SceneImporter importer() {
        return importer.get();
    }
}
