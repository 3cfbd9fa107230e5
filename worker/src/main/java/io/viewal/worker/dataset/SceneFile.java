package io.viewal.worker.dataset;

/** The files of a prepared scene. */
public enum SceneFile {
    /** Frame names, intrinsics at the working size and poses, see {@link CamerasFile}. */
    CAMERAS("cameras.json"),
    /** uint8 [frames, height, width, 3], RGB. */
    COLOR("color.npy"),
    /** float32 [frames, height, width], metres along the camera's axis, 0 = unknown. */
    DEPTH("depth.npy"),
    /** uint8 [frames, height, width], 255 = void; absent when the source has no labels. */
    LABELS("labels.npy"),
    /** uint16 [frames, height, width], ids from 0. */
    SUPERPIXELS("superpixels.npy"),
    /** Which superpixels overlap, in the selection's own format. */
    OVERLAP("overlap.bin");

    private final String fileName;

    SceneFile(String fileName) {
        this.fileName = fileName;
    }

    /** Name in the scene's folder. */
    public String fileName() {
        return fileName;
    }

    /** Key in {@link DatasetManifest.SceneEntry#files()}. */
    public String key() {
        return fileName.substring(0, fileName.indexOf('.'));
    }
}
