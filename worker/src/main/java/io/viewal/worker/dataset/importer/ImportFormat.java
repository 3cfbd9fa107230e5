package io.viewal.worker.dataset.importer;

/** The layouts that can be imported. */
public enum ImportFormat {
    /** Exported ScanNet frames, see {@link ScanNetFramesImporter}. */
    SCANNET_FRAMES("scannet-frames") {
        @Override
        public SceneImporter importer(boolean keepSuperpixels) {
            return new ScanNetFramesImporter(keepSuperpixels);
        }
    };

    private final String key;

    ImportFormat(String key) {
        this.key = key;
    }

    /** The name that users give. */
    @Override
    public String toString() {
        return key;
    }

    /**
     * The importer of this layout.
     *
     * @param keepSuperpixels whether region maps that the source brings are kept
     */
    public abstract SceneImporter importer(boolean keepSuperpixels);
}
