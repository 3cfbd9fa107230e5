package io.viewal.worker.dataset.synthetic;

import io.viewal.contract.ContractJson;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** One room and the frames taken in it; a frame is rendered when it is read. */
final class SyntheticScene implements SourceScene {

    /** To be raised when the same seed gives another room or other pictures of it. */
    private static final int VERSION = 1;

    /** What a draw is for. */
    private static final long ROOM = 1;

    private static final long PATH = 2;
    private static final long CAMERA = 3;
    private static final long FRAME = 4;

    private final String name;
    private final long seed;
    private final ImageSize size;
    private final Renderer renderer;
    private final Intrinsics camera;
    private final List<Viewpoint> path;

    /** @param seed of this scene */
    SyntheticScene(String name, long seed, int frames, ImageSize size) {
        this.name = name;
        this.seed = seed;
        this.size = size;
        Room room = RoomBuilder.build(Draw.of(seed, ROOM));
        this.renderer = new Renderer(room);
        this.camera = camera(Draw.of(seed, CAMERA), size);
        this.path = new CameraPath(room, renderer, camera, size, Draw.of(seed, PATH)).walk(frames);
    }

    /** Square pixels, a field of view of about 58° across, a centre that is a little off. */
    private static Intrinsics camera(Draw draw, ImageSize size) {
        double focal = size.width() * draw.between(0.86, 0.94);
        double cx = (size.width() - 1) / 2.0 + size.width() * draw.between(-0.01, 0.01);
        double cy = (size.height() - 1) / 2.0 + size.width() * draw.between(-0.01, 0.01);
        return new Intrinsics(focal, focal, cx, cy);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> frameNames() {
        return IntStream.range(0, path.size())
                .mapToObj(SyntheticScene::frameName)
                .toList();
    }

    @Override
    public boolean hasLabels(int frame) {
        return true;
    }

    @Override
    public String digest() {
        String made = "rooms %d: %d, %d frames".formatted(VERSION, seed, path.size());
        return ContractJson.sha256(made.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public SourceFrame read(int frame) {
        Viewpoint view = path.get(frame);
        Rendering rendering = renderer.render(view, camera, size);
        Draw draw = Draw.of(seed, FRAME, frame);
        byte[] color = new ColorSensor(draw).expose(rendering);
        float[] depth = new DepthSensor(draw).measure(rendering);
        return new SourceFrame(
                new Frame(frameName(frame), camera, view.pose()), color, depth, rendering.labels(), null);
    }

    private static String frameName(int frame) {
        return "frame-%05d".formatted(frame);
    }
}
