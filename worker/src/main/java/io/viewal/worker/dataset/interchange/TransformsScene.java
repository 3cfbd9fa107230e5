package io.viewal.worker.dataset.interchange;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.LeftOut;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.VoidLabel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.BitSet;
import java.util.List;

/** A scene in the interchange form, read frame by frame. */
final class TransformsScene implements SourceScene {

    /** Sensors round their sizes: 1296 × 968 colour goes with 640 × 480 depth. */
    private static final double ASPECT_TOLERANCE = 0.01;

    private static final int VOID_16_BIT = 0xffff;

    private final SceneSource source;
    private final String name;
    private final Outline outline;
    private final Description reader;
    private final ImageSize size;
    private final int classes;
    private SceneDescription description;

    /**
     * What is known before a frame is read.
     *
     * @param described SHA-256 of what the description was read from
     * @param frames their names
     * @param labeled which of them have a label map
     */
    record Outline(String name, String described, List<String> frames, BitSet labeled) {}

    /** Reads the description. */
    interface Description {
        SceneDescription read() throws IOException;
    }

    TransformsScene(SceneSource source, Outline outline, Description reader, ImageSize size, int classes) {
        this.source = source;
        this.name = outline.name();
        this.outline = outline;
        this.reader = reader;
        this.size = size;
        this.classes = classes;
    }

    /** Held from the first frame that is read on. */
    private synchronized SceneDescription description() throws IOException {
        if (description == null) {
            description = reader.read();
        }
        return description;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> frameNames() {
        return outline.frames();
    }

    @Override
    public boolean hasLabels(int frame) {
        return outline.labeled().get(frame);
    }

    @Override
    public List<LeftOut> leftOut() {
        try {
            return description().leftOut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files whose digest the description states need not be read for it; one that can't be read is told of by whoever does. */
    @Override
    public String digest() throws IOException {
        StringBuilder parts = new StringBuilder(outline.described());
        for (FrameDescription frame : description().frames()) {
            SourcePlace place = new SourcePlace(source.uri(), name).frame(frame.name());
            for (String path : frame.paths()) {
                if (!frame.digests().containsKey(path)) {
                    String file = digest(place.file(path));
                    parts.append('\n').append(path).append(' ').append(file);
                }
            }
        }
        return ContentDigest.sha256(parts.toString().getBytes(StandardCharsets.UTF_8));
    }

    private String digest(SourcePlace file) throws IOException {
        try {
            return ContentDigest.sha256(content(file));
        } catch (InvalidInputException e) {
            return "absent";
        }
    }

    @Override
    public SourceFrame read(int index) throws IOException {
        FrameDescription frame = description().frames().get(index);
        SourcePlace place = new SourcePlace(source.uri(), name).frame(frame.name());
        SourcePlace colorPlace = place.file(frame.colorPath());
        ColorImage color = load(frame, colorPlace, ImageFiles::readColor);
        ImageSize cameraSize = frame.cameraSize() == null ? color.size() : frame.cameraSize();
        requireSameAspect(colorPlace, color.size(), "the camera's w and h", cameraSize);
        double sx = (double) size.width() / cameraSize.width();
        double sy = (double) size.height() / cameraSize.height();
        Intrinsics intrinsics = frame.intrinsics().scaled(sx, sy);
        float[] depth = depth(frame, place.file(frame.depthPath()), color.size());
        return new SourceFrame(
                new Frame(frame.name(), intrinsics, frame.pose()),
                Resize.color(color, size),
                frame.rayDepth() ? AxisDepth.ofRays(depth, intrinsics, size.width()) : depth,
                frame.labelPath() == null ? null : labels(frame, place.file(frame.labelPath()), color.size()),
                frame.superpixelPath() == null
                        ? null
                        : superpixels(frame, place.file(frame.superpixelPath()), color.size()));
    }

    private float[] depth(FrameDescription frame, SourcePlace place, ImageSize colorSize) throws IOException {
        IntegerImage image = load(frame, place, ImageFiles::readInteger);
        if (image.bits() != 16) {
            throw place.invalid(
                    "depth has " + image.bits() + " bits a pixel, expected a 16-bit grey PNG of depth units");
        }
        requireSameAspect(place, image.size(), "the colour image", colorSize);
        DepthUnit unit = new DepthUnit(frame.depthScale());
        char[] units = Resize.nearest(image, size);
        float[] metres = new float[units.length];
        for (int p = 0; p < units.length; p++) {
            metres[p] = unit.metres(units[p]);
        }
        return metres;
    }

    private byte[] labels(FrameDescription frame, SourcePlace place, ImageSize colorSize) throws IOException {
        IntegerImage image = load(frame, place, ImageFiles::readInteger);
        requireSameAspect(place, image.size(), "the colour image", colorSize);
        requireKnownLabels(place, image);
        char[] ids = Resize.nearest(image, size);
        byte[] labels = new byte[ids.length];
        for (int p = 0; p < ids.length; p++) {
            labels[p] = (byte) Math.min(ids[p], VoidLabel.ID);
        }
        return labels;
    }

    /** Every pixel is checked, also those that the working size leaves out. */
    private void requireKnownLabels(SourcePlace place, IntegerImage image) {
        for (char id : image.values()) {
            if (id >= classes && id != VoidLabel.ID && !(id == VOID_16_BIT && image.bits() == 16)) {
                throw place.invalidLabels("label id " + (int) id + " is outside the class list (0 to " + (classes - 1)
                        + ", or 255 for void); map the ids to the list or add the class");
            }
        }
    }

    private char[] superpixels(FrameDescription frame, SourcePlace place, ImageSize colorSize) throws IOException {
        IntegerImage image = load(frame, place, ImageFiles::readInteger);
        requireSameAspect(place, image.size(), "the colour image", colorSize);
        return Resize.nearest(image, size);
    }

    private static void requireSameAspect(SourcePlace place, ImageSize size, String what, ImageSize expected) {
        double ratio = (double) size.width() * expected.height() / ((double) size.height() * expected.width());
        if (Math.abs(ratio - 1) > ASPECT_TOLERANCE) {
            throw place.invalid("it is " + size + " pixels, " + what + " " + expected
                    + ": the shapes differ; both must show the same field of view");
        }
    }

    /** Reads the whole file first, so that a store that fails is not taken for a broken image. */
    private <T> T load(FrameDescription frame, SourcePlace place, Decoder<T> decoder) throws IOException {
        byte[] content = content(place);
        String digest = frame.digests().get(place.file());
        if (digest != null && !digest.equals(ContentDigest.sha256(content))) {
            throw place.invalid("its content has another " + TransformsParser.DIGESTS + " than " + TransformsParser.FILE
                    + " says: it was damaged, or changed on purpose (then remove the digest)");
        }
        try {
            return decoder.decode(content);
        } catch (IOException e) {
            throw place.invalid("the image can't be read: " + e.getMessage(), e);
        }
    }

    private byte[] content(SourcePlace place) throws IOException {
        try (InputStream file = source.open(name, place.file())) {
            return file.readAllBytes();
        } catch (NoSuchFileException e) {
            throw place.invalid("there is no such file", e);
        }
    }

    private interface Decoder<T> {
        T decode(byte[] file) throws IOException;
    }
}
