package io.viewal.worker.dataset.importer.scannet;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.importer.source.ForeignFrame;
import io.viewal.worker.dataset.importer.source.ForeignFrames;
import io.viewal.worker.dataset.importer.source.Nyu40;
import io.viewal.worker.dataset.importer.source.SceneTraits;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.interchange.ColorImage;
import io.viewal.worker.dataset.interchange.ImageFiles;
import io.viewal.worker.dataset.interchange.IntegerImage;
import io.viewal.worker.dataset.interchange.TransformsWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The frames of a {@code .sens} file: pose, two time stamps, the sizes of the coded colour and depth image, and these. A
 * pose with an infinite number is a frame that the tracker lost.
 */
final class SensFrames implements ForeignFrames {

    private static final int HEAD_BYTES = 16 * Float.BYTES + 4 * Long.BYTES;
    private static final int MOST_IMAGE_BYTES = 256 << 20;

    private final SensFile file;
    private final SensHeader header;
    private final ScanNetLabels labels;
    private long next;

    /** Takes both over. */
    SensFrames(SensFile file, SensHeader header, ScanNetLabels labels) {
        this.file = file;
        this.header = header;
        this.labels = labels;
    }

    @Override
    public Set<Path> filesRead() {
        return labels.filesRead();
    }

    @Override
    public SceneTraits traits() {
        return new SceneTraits(Nyu40.CLASSES, 1 / (double) header.unitsAMetre(), false);
    }

    @Override
    public ForeignFrame next() throws IOException {
        if (next == header.frames()) {
            return null;
        }
        long number = next++;
        String what = "frame " + number + " of " + header.frames();
        ByteBuffer head = file.take(HEAD_BYTES, what);
        double[] pose = new double[16];
        for (int i = 0; i < 16; i++) {
            pose[i] = head.getFloat();
        }
        // Two time stamps, which are 0 in many files.
        head.position(head.position() + 2 * Long.BYTES);
        int colorBytes = imageBytes(head.getLong(), what);
        int depthBytes = imageBytes(head.getLong(), what);
        long color = file.skip(colorBytes, "the colour of " + what);
        long depth = file.skip(depthBytes, "the depth of " + what);
        String name = "%06d".formatted(number);
        if (Arrays.stream(pose).anyMatch(Double::isInfinite)) {
            return new ForeignFrame.Lost(name, "the pose is not finite (the tracker lost this frame)");
        }
        return new ForeignFrame.Posed(
                name,
                header.depth().intrinsics(),
                header.depth().size(),
                pose,
                () -> new TransformsWriter.Images(
                        color(file.read(color, colorBytes)),
                        header.colorCoding() == SensHeader.ColorCoding.JPEG ? "jpg" : "png",
                        depth(name, file.read(depth, depthBytes)),
                        labels.read(number),
                        null));
    }

    private int imageBytes(long stated, String what) {
        if (stated < 0 || stated > MOST_IMAGE_BYTES) {
            throw SourceFault.invalid(
                    file,
                    what + " has an image of " + Long.toUnsignedString(stated)
                            + " bytes: the file is damaged from here on");
        }
        return (int) stated;
    }

    private byte[] color(byte[] coded) {
        if (header.colorCoding() != SensHeader.ColorCoding.RAW) {
            return coded;
        }
        ImageSize size = header.color().size();
        if (coded.length != 3 * size.pixels()) {
            throw SourceFault.invalid(file, "raw colour has " + coded.length + " bytes, expected 3 a pixel of " + size);
        }
        return ImageFiles.png(new ColorImage(size, coded));
    }

    private IntegerImage depth(String frame, byte[] coded) {
        ImageSize size = header.depth().size();
        byte[] plain = header.depthCoding() == SensHeader.DepthCoding.RAW ? coded : inflate(frame, coded, size);
        if (plain.length != 2 * size.pixels()) {
            throw SourceFault.invalid(
                    file,
                    "the depth of frame " + frame + " has " + plain.length + " bytes, expected 2 a pixel of " + size);
        }
        char[] units = new char[size.pixels()];
        for (int p = 0; p < units.length; p++) {
            units[p] = (char) (Byte.toUnsignedInt(plain[2 * p]) | Byte.toUnsignedInt(plain[2 * p + 1]) << 8);
        }
        return new IntegerImage(size, 16, units);
    }

    /** Unpacks one byte more than an image has at most, so that a forged image takes no memory. */
    private byte[] inflate(String frame, byte[] coded, ImageSize size) {
        byte[] plain = new byte[2 * size.pixels() + 1];
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(coded);
            int length = 0;
            while (length < plain.length) {
                int more = inflater.inflate(plain, length, plain.length - length);
                if (more == 0) {
                    break;
                }
                length += more;
            }
            return Arrays.copyOf(plain, length);
        } catch (DataFormatException e) {
            throw SourceFault.invalid(file, "the depth of frame " + frame + " can't be inflated: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        try (file) {
            labels.close();
        }
    }
}
