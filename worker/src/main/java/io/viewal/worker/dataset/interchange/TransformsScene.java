package io.viewal.worker.dataset.interchange;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.LeftOut;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A scene in the interchange form, read frame by frame. */
final class TransformsScene implements SourceScene {

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
        description().colors().ifPresent(colors -> parts.append('\n').append(new TreeMap<>(colors.classes())));
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
        FrameDescription.Camera camera = frame.camera();
        SourcePlace place = new SourcePlace(source.uri(), name).frame(frame.name());
        SourcePlace colorPlace = place.file(frame.colorPath());
        ColorImage color = load(frame, colorPlace, ImageFiles::readColor);
        ImageSize cameraSize = camera.size() == null ? color.size() : camera.size();
        FrameImages.requireSameAspect(colorPlace, color.size(), "the camera's w and h", cameraSize);
        double sx = (double) size.width() / cameraSize.width();
        double sy = (double) size.height() / cameraSize.height();
        PinholeView view = view(camera, cameraSize, place);
        Intrinsics intrinsics = view.camera().scaled(sx, sy);
        FrameImages images = new FrameImages(view, color.size(), size);
        float[] depth = images.depth(
                place.file(frame.depthPath()),
                load(frame, place.file(frame.depthPath()), ImageFiles::readInteger),
                frame.depth().metresAUnit());
        return new SourceFrame(
                new Frame(frame.name(), intrinsics, frame.pose()),
                Resize.color(view.color(color), size),
                frame.depth().ray() ? AxisDepth.ofRays(depth, intrinsics, size.width()) : depth,
                frame.labelPath() == null ? null : labels(frame, place.file(frame.labelPath()), images),
                frame.superpixelPath() == null
                        ? null
                        : images.regions(
                                place.file(frame.superpixelPath()),
                                load(frame, place.file(frame.superpixelPath()), LabelImages::read)));
    }

    private static PinholeView view(FrameDescription.Camera camera, ImageSize size, SourcePlace place) {
        try {
            return PinholeView.of(camera.intrinsics(), size, camera.distortion());
        } catch (IllegalArgumentException e) {
            throw place.invalid(e.getMessage(), e);
        }
    }

    private byte[] labels(FrameDescription frame, SourcePlace place, FrameImages images) throws IOException {
        Optional<LabelColors> colors = description().colors();
        IntegerImage labels = load(frame, place, file -> LabelImages.read(file, colors));
        LabelImages.requireKnown(place, labels, classes);
        return images.labels(place, labels);
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
