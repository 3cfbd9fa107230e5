package io.viewal.worker.dataset.importer.scannet;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.importer.source.SourceFault;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a {@code .sens} file says before its frames.
 *
 * @param color the colour camera
 * @param depth the depth camera
 * @param colorCoding how colour images are coded
 * @param depthCoding how depth images are coded
 * @param unitsAMetre of the depth images
 * @param frames number of frames
 */
record SensHeader(
        Camera color, Camera depth, ColorCoding colorCoding, DepthCoding depthCoding, float unitsAMetre, long frames) {

    private static final int VERSION = 4;
    private static final int MOST_NAME_BYTES = 1 << 16;
    private static final int MOST_PIXELS = 64 << 20;
    private static final int FIXED_BYTES = 4 * 16 * Float.BYTES + 7 * Integer.BYTES + Long.BYTES;

    /** A camera of the sensor. */
    record Camera(ImageSize size, Intrinsics intrinsics) {}

    /** How a colour image is coded; the file has the constant's number. */
    enum ColorCoding {
        RAW,
        PNG,
        JPEG
    }

    /** How a depth image is coded; the file has the constant's number. */
    enum DepthCoding {
        RAW,
        ZLIB
    }

    /**
     * Reads the beginning of a file and leaves it at its first frame.
     *
     * @throws io.viewal.worker.InvalidInputException when the file does not begin like this
     */
    static SensHeader read(SensFile file) throws IOException {
        ByteBuffer start = file.take(Integer.BYTES + Long.BYTES, "its header");
        int version = start.getInt();
        if (version != VERSION) {
            throw SourceFault.invalid(
                    file,
                    "it has version " + version + ", expected " + VERSION + "; is it one of ScanNet's .sens files?");
        }
        long nameBytes = start.getLong();
        if (nameBytes < 0 || nameBytes > MOST_NAME_BYTES) {
            throw SourceFault.invalid(file, "its sensor's name has " + nameBytes + " bytes: the header is damaged");
        }
        file.take((int) nameBytes, "the sensor's name");
        try {
            return parse(file, file.take(FIXED_BYTES, "its header"));
        } catch (IllegalArgumentException e) {
            throw SourceFault.invalid(file, "its header is damaged: " + e.getMessage(), e);
        }
    }

    private static SensHeader parse(SensFile file, ByteBuffer fields) {
        double[] colorMatrix = matrix(fields);
        requireIdentity(file, "colour", matrix(fields));
        double[] depthMatrix = matrix(fields);
        requireIdentity(file, "depth", matrix(fields));
        ColorCoding colorCoding = colorCoding(file, fields.getInt());
        DepthCoding depthCoding = depthCoding(file, fields.getInt());
        Camera color = new Camera(size(fields), pinhole(colorMatrix));
        Camera depth = new Camera(size(fields), pinhole(depthMatrix));
        float unitsAMetre = fields.getFloat();
        if (!(unitsAMetre > 0 && Float.isFinite(unitsAMetre))) {
            throw new IllegalArgumentException("depth shift " + unitsAMetre + ", expected a number such as 1000");
        }
        return new SensHeader(color, depth, colorCoding, depthCoding, unitsAMetre, fields.getLong());
    }

    private static double[] matrix(ByteBuffer fields) {
        double[] matrix = new double[16];
        for (int i = 0; i < 16; i++) {
            matrix[i] = fields.getFloat();
        }
        return matrix;
    }

    private static Intrinsics pinhole(double[] m) {
        return new Intrinsics(m[0], m[5], m[2], m[6]);
    }

    private static ImageSize size(ByteBuffer fields) {
        int width = fields.getInt();
        int height = fields.getInt();
        if (width <= 0 || height <= 0 || (long) width * height > MOST_PIXELS) {
            throw new IllegalArgumentException("images of " + width + " x " + height + " pixels");
        }
        return new ImageSize(width, height);
    }

    private static ColorCoding colorCoding(SensFile file, int number) {
        if (number < 0 || number >= ColorCoding.values().length) {
            throw SourceFault.invalid(
                    file, "its colour is coded in way " + number + ", expected 0 (raw), 1 (PNG) or 2 (JPEG)");
        }
        return ColorCoding.values()[number];
    }

    private static DepthCoding depthCoding(SensFile file, int number) {
        if (number < 0 || number >= DepthCoding.values().length) {
            throw SourceFault.invalid(
                    file,
                    "its depth is coded in way " + number
                            + (number == 2 ? " (occi_ushort)" : "")
                            + ", expected 0 (raw_ushort) or 1 (zlib_ushort); export the frames with ScanNet's own reader and "
                            + "import them as scannet-frames");
        }
        return DepthCoding.values()[number];
    }

    /** Poses are the depth camera's; a camera that sits elsewhere would see other pixels. */
    private static void requireIdentity(SensFile file, String camera, double[] extrinsic) {
        for (int i = 0; i < 16; i++) {
            if (!(Math.abs(extrinsic[i] - (i % 5 == 0 ? 1 : 0)) <= 1e-3)) {
                throw SourceFault.invalid(
                        file,
                        "its " + camera
                                + " camera has an extrinsic matrix that is not the identity: register depth to colour first");
            }
        }
    }
}
