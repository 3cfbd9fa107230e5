package io.viewal.worker.labeling;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.page.OutlinePath;
import io.viewal.worker.stage.OpenRound;
import io.viewal.worker.stage.OpenScene;
import io.viewal.worker.stage.OpenScene.OpenRegion;
import io.viewal.worker.stage.OpenScene.OtherView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Regions and views as the page draws them. Safe for use by several threads. */
final class PageRegions {

    private static final int DIGITS = 16;

    private final OpenRound round;
    private final ImageSize size;
    private final Map<String, String> imageDigests = new ConcurrentHashMap<>();

    PageRegions(OpenRound round) {
        this.round = round;
        this.size = round.manifest().size();
    }

    /** SHA-256 of a scene's frame. */
    String imageDigest(OpenScene scene, String name, int frame) {
        return imageDigests.computeIfAbsent(name + "/" + frame, key -> scene.imageDigest(frame));
    }

    PageData.Region region(OpenRegion region) throws IOException {
        OpenScene scene = round.scene(region.row().scene());
        byte[] predicted = scene.predicted(region.frame());
        return new PageData.Region(
                region.digest(),
                region.row().scene(),
                region.row().frame(),
                image(scene, region.row().scene(), region.frame()),
                imageDigest(scene, region.row().scene(), region.frame()),
                box(region.pixels()),
                OutlinePath.of(region.pixels(), size),
                runs(region.pixels()),
                valueRuns(region.pixels(), predicted),
                region.guess(),
                region.share());
    }

    PageData.View view(OpenRegion region, OtherView view) throws IOException {
        String name = region.row().scene();
        OpenScene scene = round.scene(name);
        return new PageData.View(
                view.frame(),
                image(scene, name, scene.frame(view.frame())),
                OutlinePath.of(view.pixels(), size),
                box(view.pixels()));
    }

    /** A frame's address; it changes with its content, as browsers keep what they were shown. */
    private String image(OpenScene scene, String name, int frame) {
        return "images/%d/%d.png?v=%s"
                .formatted(
                        round.scenes().indexOf(name),
                        frame,
                        imageDigest(scene, name, frame).substring(0, DIGITS));
    }

    private int[] box(BitSet pixels) {
        int width = size.width();
        int left = pixels.stream().map(p -> p % width).min().orElse(0);
        int right = pixels.stream().map(p -> p % width).max().orElse(width - 1);
        int bottom = pixels.isEmpty() ? size.height() : (pixels.length() - 1) / width + 1;
        return new int[] {left, Math.max(0, pixels.nextSetBit(0)) / width, right + 1, bottom};
    }

    private static List<int[]> runs(BitSet pixels) {
        List<int[]> runs = new ArrayList<>();
        for (int start = pixels.nextSetBit(0); start >= 0; ) {
            int end = pixels.nextClearBit(start);
            runs.add(new int[] {start, end - start});
            start = pixels.nextSetBit(end);
        }
        return runs;
    }

    /** Value and length of each run of the pixels, in row order. */
    static List<int[]> valueRuns(BitSet pixels, byte[] values) {
        List<int[]> runs = new ArrayList<>();
        pixels.stream().forEach(pixel -> {
            int value = values[pixel] & 0xff;
            if (runs.isEmpty() || runs.getLast()[0] != value) {
                runs.add(new int[] {value, 0});
            }
            runs.getLast()[1]++;
        });
        return runs;
    }
}
