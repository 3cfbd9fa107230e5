package io.viewal.worker.stage;

import io.viewal.contract.ContractJson;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.artifact.ScoresIndex;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.geometry.SceneGeometry;
import io.viewal.worker.geometry.SurfaceOrder;
import io.viewal.worker.kernel.Hits;
import io.viewal.worker.kernel.PixelBlock;
import io.viewal.worker.kernel.ProjectionRule;
import io.viewal.worker.kernel.ProjectionRule.UnknownDepth;
import io.viewal.worker.kernel.VectorProjection;
import io.viewal.worker.npy.NpyFile;
import java.io.IOException;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A scene of an {@link OpenRound}: its regions in the order to label them, what the model takes them for, and other views. */
public final class OpenScene {

    /** Two views see the same surface when their points are closer than this, metres. */
    private static final double SAME_SURFACE = 0.05;

    /** Edge of the cells in whose order regions follow each other, metres. */
    private static final double NEIGHBOURHOOD = 0.25;

    private static final int IDS = 256;
    private static final int MOST_OF_NINE = 5;

    private final PreparedScene scene;
    private final LabelSet labels;
    private final NpyFile predictions;
    private final SceneGeometry geometry;
    private final Map<String, OpenRegion> regions = new LinkedHashMap<>();

    /**
     * A region to label.
     *
     * @param frame its index in the scene
     * @param pixels that nobody has labeled, by index in row order
     * @param guess the class that the model takes most of them for; 255 when it has learned nothing yet
     * @param share of the pixels that it takes for it, 0 to 1
     */
    public record OpenRegion(String digest, SelectionCsv.Row row, int frame, BitSet pixels, int guess, double share) {

        private PixelBlock block(ImageSize size) {
            int width = size.width();
            int left = pixels.stream().map(p -> p % width).min().orElse(0);
            int right = pixels.stream().map(p -> p % width).max().orElse(width - 1);
            int bottom = pixels.isEmpty() ? size.height() - 1 : (pixels.length() - 1) / width;
            return new PixelBlock(left, Math.max(0, pixels.nextSetBit(0)) / width, right + 1, bottom + 1);
        }
    }

    /**
     * Another frame that sees a region's surface.
     *
     * @param pixels that show it
     */
    public record OtherView(String frame, BitSet pixels) {}

    OpenScene(PreparedScene scene, SceneScores scores, LabelSet labels, Map<String, SelectionCsv.Row> asked)
            throws IOException {
        this.scene = scene;
        this.labels = labels;
        this.predictions = scores.map(scene.name(), ScoresIndex.PREDICTION);
        ProjectionRule rule = new ProjectionRule(SAME_SURFACE, true, UnknownDepth.NO_POINT);
        this.geometry = SceneGeometry.of(scene, rule, new VectorProjection());
        List<OpenRegion> open = asked.entrySet().stream()
                .map(entry -> region(entry.getKey(), entry.getValue()))
                .toList();
        List<OpenRegion> alongSurfaces = new SurfaceOrder(geometry, NEIGHBOURHOOD)
                .sorted(open, r -> new SurfaceOrder.Block(r.frame(), r.block(scene.size())));
        // The sort is stable: regions of one guess stay in the order of surfaces.
        alongSurfaces.stream()
                .sorted(Comparator.comparingInt(OpenRegion::guess))
                .forEach(region -> regions.put(region.digest(), region));
    }

    private OpenRegion region(String digest, SelectionCsv.Row row) {
        int frame = SceneFrames.index(scene, row.frame());
        char[] superpixels = scene.superpixels(frame);
        BitSet pixels = row.region().pixels(superpixels, scene.size());
        pixels.andNot(labels.labeledPixels(new FrameKey(row.scene(), row.frame()), superpixels));
        if (labels.trainingFrames().isEmpty()) {
            return new OpenRegion(digest, row, frame, pixels, VoidLabel.ID, 0);
        }
        int[] counts = new int[IDS];
        byte[] predicted = predicted(frame);
        pixels.stream().forEach(pixel -> counts[predicted[pixel] & 0xff]++);
        int guess = IntStream.range(0, IDS).reduce(0, (a, b) -> counts[b] > counts[a] ? b : a);
        return new OpenRegion(
                digest, row, frame, pixels, guess, (double) counts[guess] / Math.max(1, pixels.cardinality()));
    }

    /** The regions by digest, so that like follows like: by what the model takes them for, then along the surfaces. */
    public Map<String, OpenRegion> regions() {
        return regions;
    }

    /** What the model takes the pixels of a frame for: uint8 [height, width]. */
    public byte[] predicted(int frame) {
        int pixels = scene.size().pixels();
        return predictions.bytes((long) frame * pixels, pixels);
    }

    /** A frame's index; an error of the caller when there is none. */
    public int frame(String name) {
        return SceneFrames.index(scene, name);
    }

    /** A frame's colours: uint8 [height, width, 3]. */
    public byte[] color(int frame) {
        return scene.color(frame);
    }

    /** SHA-256 of {@link #color}. */
    public String imageDigest(int frame) {
        return ContractJson.sha256(scene.color(frame));
    }

    /**
     * The other frames that see most of a region's surface, that which shows most of it first.
     *
     * @param most how many
     */
    public List<OtherView> otherViews(OpenRegion region, int most) {
        PixelBlock block = region.block(scene.size());
        SceneGeometry.Target target = geometry.target(region.frame(), block);
        return IntStream.range(0, scene.frames().size())
                .parallel()
                .filter(frame -> frame != region.frame())
                .mapToObj(frame -> new OtherView(scene.frames().get(frame).name(), seen(frame, region, block, target)))
                .filter(view -> !view.pixels().isEmpty())
                .sorted(Comparator.comparingInt(
                        (OtherView view) -> -view.pixels().cardinality()))
                .limit(most)
                .toList();
    }

    private BitSet seen(int frame, OpenRegion region, PixelBlock block, SceneGeometry.Target target) {
        Hits hits = new Hits();
        geometry.project(frame, target, hits);
        BitSet seen = new BitSet();
        for (int i = 0; i < hits.count(); i++) {
            int inBlock = hits.pixels()[i];
            int row = block.fromRow() + inBlock / block.columns();
            int column = block.fromColumn() + inBlock % block.columns();
            if (region.pixels().get(row * scene.size().width() + column)) {
                seen.set(hits.points()[i]);
            }
        }
        return smooth(seen);
    }

    /** Each pixel as most of the nine around it are, as the points of a surface leave gaps. */
    private BitSet smooth(BitSet seen) {
        int width = scene.size().width();
        int[] neighbours = new int[scene.size().pixels()];
        seen.stream().forEach(pixel -> {
            int column = pixel % width;
            for (int row = pixel / width - 1; row <= pixel / width + 1; row++) {
                for (int x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
                    if (row >= 0 && row < scene.size().height()) {
                        neighbours[row * width + x]++;
                    }
                }
            }
        });
        BitSet smooth = new BitSet();
        IntStream.range(0, neighbours.length)
                .filter(pixel -> neighbours[pixel] >= MOST_OF_NINE)
                .forEach(smooth::set);
        return smooth;
    }
}
