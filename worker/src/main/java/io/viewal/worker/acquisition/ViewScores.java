package io.viewal.worker.acquisition;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import io.viewal.worker.geometry.SceneGeometry;
import io.viewal.worker.geometry.SurfaceOrder;
import io.viewal.worker.geometry.SurfaceOrder.Block;
import io.viewal.worker.kernel.Consensus;
import io.viewal.worker.kernel.PixelBlock;
import io.viewal.worker.kernel.ScratchMemory;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * View entropy and view divergence of all frames of a scene, in one pass over the predictions. Threads share the frames;
 * each frame's maps depend on nothing but the inputs, so their bytes do not depend on the number of threads.
 */
public final class ViewScores {

    /** Takes the maps of a frame; called by several threads, in any order. The arrays are the callee's to keep. */
    @FunctionalInterface
    public interface Sink {

        /**
         * @param entropy float32 [height, width], bits
         * @param divergence float32 [height, width], bits
         */
        void accept(int frame, float[] entropy, float[] divergence);
    }

    /** Rows and columns of what is projected at a time, at most, and the cell that orders it. */
    private static final int BLOCK_ROWS = 120;

    private static final int BLOCK_COLUMNS = 160;

    /** Points that may hit a block, one a pixel and frame: in a scene of many frames, blocks have fewer rows. */
    private static final int BLOCK_POINTS = 4 << 20;

    private static final double BLOCK_METRES = 0.5;

    /** Rows and columns of what is scored at a time: what it reads fits the second-level cache. */
    private static final int PIECE = 16;

    private static final double PIECE_METRES = 0.05;

    /** Hits that all threads together hold at a time: 4 bytes each. */
    private static final int HITS = 12 << 20;

    /** Pixels of a scene whose maps are kept in the heap, where they are got faster. */
    private static final int MOST_PIXELS_IN_HEAP = 4 << 20;

    /** Blocks that a thread takes at a time, at most. */
    private static final int MOST_BLOCKS = 64;

    private final SceneGeometry geometry;
    private final ProbabilityVolume probabilities;
    private final Supplier<Consensus> consensus;

    /** @param consensus one for each thread */
    public ViewScores(SceneGeometry geometry, ProbabilityVolume probabilities, Supplier<Consensus> consensus) {
        if (probabilities.frames() != geometry.frames().size()
                || probabilities.pixels() != geometry.size().pixels()) {
            throw new IllegalArgumentException("Predictions of " + probabilities.frames() + " frames of "
                    + probabilities.pixels() + " pixels for a scene of "
                    + geometry.frames().size() + " frames of " + geometry.size() + " pixels");
        }
        this.geometry = geometry;
        this.probabilities = probabilities;
        this.consensus = consensus;
    }

    /** Scores every frame with this many threads. */
    public void compute(int threads, Sink sink) {
        MemorySegment entropy = maps();
        MemorySegment divergence = maps();
        List<Block> blocks = blocks();
        int share = Math.clamp(blocks.size() / (threads * 4), 1, MOST_BLOCKS);
        forEach((blocks.size() + share - 1) / share, threads, () -> {
            Batch batch = new Batch(HITS / threads, entropy, divergence);
            return i -> batch.score(blocks.subList(i * share, Math.min(blocks.size(), (i + 1) * share)));
        });
        forEach(
                probabilities.frames(),
                threads,
                () -> frame -> sink.accept(frame, map(entropy, frame), map(divergence, frame)));
    }

    /** A map of every frame: float32 [frames, height, width]. */
    private MemorySegment maps() {
        long pixels = (long) probabilities.frames() * probabilities.pixels();
        return pixels <= MOST_PIXELS_IN_HEAP
                ? MemorySegment.ofArray(new float[(int) pixels])
                : ScratchMemory.floats(pixels);
    }

    private List<Block> blocks() {
        int rows =
                Math.clamp(BLOCK_POINTS / (BLOCK_COLUMNS * probabilities.frames()) / PIECE * PIECE, PIECE, BLOCK_ROWS);
        PixelBlock frame =
                new PixelBlock(0, 0, geometry.size().width(), geometry.size().height());
        List<Block> blocks = IntStream.range(0, probabilities.frames())
                .boxed()
                .flatMap(f -> frame.cut(rows, BLOCK_COLUMNS).stream().map(block -> new Block(f, block)))
                .toList();
        return new SurfaceOrder(geometry, BLOCK_METRES).sorted(blocks, Function.identity());
    }

    /** Threads share the tasks 0 to {@code tasks − 1}, each with a worker of its own. */
    private static void forEach(int tasks, int threads, Supplier<IntConsumer> worker) {
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                running.add(executor.submit(() -> {
                    IntConsumer own = worker.get();
                    for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
                        own.accept(task);
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while scoring", e);
        }
    }

    private float[] map(MemorySegment maps, int frame) {
        float[] map = new float[probabilities.pixels()];
        MemorySegment.copy(maps, JAVA_FLOAT, probabilities.row(frame) * Float.BYTES, map, 0, map.length);
        return map;
    }

    /**
     * Part of a block.
     *
     * @param firstPixel of the block, among the pixels that are gathered
     */
    private record Piece(Block block, int firstPixel, PixelBlock pixels) {

        Block place() {
            return new Block(block.frame(), pixels);
        }

        /** The first of a row's pixels, among the pixels that are gathered. */
        int first(int row) {
            PixelBlock whole = block.pixels();
            return firstPixel + (row - whole.fromRow()) * whole.columns() + pixels.fromColumn() - whole.fromColumn();
        }
    }

    /** What a thread works on: blocks are gathered until their hits fill the memory, then scored piece by piece. */
    private final class Batch {

        private final Consensus kernel = consensus.get();
        private final CrossProjectedHits hits = new CrossProjectedHits(geometry);
        private final List<Piece> pieces = new ArrayList<>();
        private final int most;
        private final MemorySegment entropies;
        private final MemorySegment divergences;

        Batch(int most, MemorySegment entropies, MemorySegment divergences) {
            this.most = most;
            this.entropies = entropies;
            this.divergences = divergences;
        }

        void score(List<Block> blocks) {
            for (Block block : blocks) {
                int first = hits.pixels();
                hits.add(geometry.target(block.frame(), block.pixels()));
                block.pixels().cut(PIECE, PIECE).forEach(pixels -> pieces.add(new Piece(block, first, pixels)));
                if (hits.count() >= most) {
                    score();
                }
            }
            score();
        }

        private void score() {
            float[] entropy = new float[hits.pixels()];
            float[] divergence = new float[hits.pixels()];
            for (Piece piece : new SurfaceOrder(geometry, PIECE_METRES).sorted(pieces, Piece::place)) {
                for (int row = piece.pixels().fromRow(); row < piece.pixels().toRow(); row++) {
                    score(piece, row, entropy, divergence);
                }
            }
            pieces.clear();
            hits.clear();
        }

        private void score(Piece piece, int row, float[] entropy, float[] divergence) {
            int columns = piece.pixels().columns();
            int first = piece.first(row);
            long own = probabilities.row(piece.block().frame())
                    + (long) row * geometry.size().width()
                    + piece.pixels().fromColumn();
            kernel.score(
                    probabilities.data(),
                    probabilities.stride(),
                    own - first,
                    hits.start(),
                    hits.rows(),
                    first,
                    first + columns,
                    entropy,
                    divergence);
            MemorySegment.copy(entropy, first, entropies, JAVA_FLOAT, own * Float.BYTES, columns);
            MemorySegment.copy(divergence, first, divergences, JAVA_FLOAT, own * Float.BYTES, columns);
        }
    }
}
