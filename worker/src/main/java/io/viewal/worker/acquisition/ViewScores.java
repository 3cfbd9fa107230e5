package io.viewal.worker.acquisition;

import io.viewal.worker.geometry.SceneGeometry;
import io.viewal.worker.geometry.SurfaceOrder;
import io.viewal.worker.geometry.SurfaceOrder.Block;
import io.viewal.worker.kernel.Consensus;
import io.viewal.worker.kernel.Hits;
import io.viewal.worker.kernel.PixelBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * View entropy and view divergence of all frames of a scene, in one pass over the predictions.
 *
 * <p>Cache blocking: predictions are much larger than a cache, and a pixel's are read by each pixel that sees the same
 * surface. So small pieces of all frames are scored in the Morton order of the surface that they show: what one of them has
 * read is still in the cache for the next ones, and most predictions come from memory once or twice, however many views
 * there are. As many
 * pieces are ordered at a time as their hits fit in memory. A map depends on nothing but the inputs, so its bytes do not
 * depend on the number of threads.
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

    /** The most rows and the columns of what is projected at a time, and the cell that orders it. */
    private static final int BLOCK_ROWS = 80;

    private static final int BLOCK_COLUMNS = 160;

    /** Hits of a block, if each pixel had one from each frame; with many frames, blocks have fewer rows. */
    private static final int BLOCK_HITS = 4 << 20;

    private static final double BLOCK_METRES = 0.25;

    /** Rows of what is scored at a time: its hits' predictions fit the second-level cache. */
    private static final int PIECE_ROWS = 8;

    /** The same where many frames see it. */
    private static final int SMALL_PIECE_ROWS = 4;

    /** Columns of a piece for each of its rows: those of a row lie side by side in memory. */
    private static final int COLUMNS_PER_ROW = 4;

    /** With more frames, pieces are small. */
    private static final int FEW_FRAMES = 64;

    /** Edge of the cell that orders pieces, for each row of a piece: about what it shows. */
    private static final double METRES_PER_ROW = 0.016;

    /** Hits that are held at a time, of a scene of few frames. */
    private static final int LEAST_HITS = 16 << 20;

    /** With more frames, they share a surface, of which as much shall be held. */
    private static final int HITS_PER_FRAME = 32 << 10;

    /** As many as fill a quarter of the heap. */
    private static final long MOST_HITS = Runtime.getRuntime().maxMemory() / 4 / Integer.BYTES;

    /** Shares of a thread: so many that none waits long for another, so few that each is a surface of its own. */
    private static final int SHARES = 32;

    private final SceneGeometry geometry;
    private final ProbabilityVolume probabilities;
    private final Supplier<Consensus> consensus;
    private final HitMemory memory;

    private final int pieceRows;
    private final int pieceColumns;

    /** @param consensus one for each thread */
    public ViewScores(SceneGeometry geometry, ProbabilityVolume probabilities, Supplier<Consensus> consensus) {
        this(geometry, probabilities, consensus, new HitMemory());
    }

    /** @param memory that no other scene uses meanwhile */
    ViewScores(
            SceneGeometry geometry, ProbabilityVolume probabilities, Supplier<Consensus> consensus, HitMemory memory) {
        if (probabilities.frames() != geometry.frames().size()
                || probabilities.pixels() != geometry.size().pixels()) {
            throw new IllegalArgumentException("Predictions of " + probabilities.frames() + " frames of "
                    + probabilities.pixels() + " pixels for a scene of "
                    + geometry.frames().size() + " frames of " + geometry.size() + " pixels");
        }
        this.geometry = geometry;
        this.probabilities = probabilities;
        this.consensus = consensus;
        this.memory = memory;
        this.pieceRows = probabilities.frames() > FEW_FRAMES ? SMALL_PIECE_ROWS : PIECE_ROWS;
        this.pieceColumns = COLUMNS_PER_ROW * pieceRows;
    }

    /** Scores every frame with this many threads. */
    public void compute(int threads, Sink sink) {
        try (Team team = new Team(threads)) {
            SceneMaps maps = SceneMaps.of(probabilities.frames(), probabilities.pixels());
            List<Worker> workers =
                    Stream.generate(() -> new Worker(maps)).limit(threads).toList();
            List<Block> blocks = blocks();
            AtomicInteger next = new AtomicInteger();
            while (next.get() < blocks.size()) {
                memory.reuse();
                gather(team, workers, blocks, next);
                score(team, workers);
            }
            team.each(probabilities.frames(), (thread, frame) -> maps.pass(frame, sink));
        }
    }

    private List<Block> blocks() {
        PixelBlock frame =
                new PixelBlock(0, 0, geometry.size().width(), geometry.size().height());
        int frames = Math.max(1, probabilities.frames());
        int rows = Math.clamp(BLOCK_HITS / BLOCK_COLUMNS / frames / pieceRows * pieceRows, pieceRows, BLOCK_ROWS);
        List<Block> blocks = IntStream.range(0, probabilities.frames())
                .boxed()
                .flatMap(f -> frame.cut(rows, BLOCK_COLUMNS).stream().map(block -> new Block(f, block)))
                .toList();
        return new SurfaceOrder(geometry, BLOCK_METRES).sorted(blocks, Function.identity());
    }

    /** Finds the hits of the next blocks, until they fill the memory. */
    private void gather(Team team, List<Worker> workers, List<Block> blocks, AtomicInteger next) {
        long most = Math.min(Math.max(LEAST_HITS, (long) HITS_PER_FRAME * probabilities.frames()), MOST_HITS);
        team.all(thread -> {
            while (memory.used() < most) {
                int block = next.getAndIncrement();
                if (block >= blocks.size()) {
                    return;
                }
                workers.get(thread).gather(blocks.get(block));
            }
        });
    }

    /** Scores the blocks whose hits were found. */
    private void score(Team team, List<Worker> workers) {
        List<Piece> pieces = new SurfaceOrder(geometry, METRES_PER_ROW * pieceRows)
                .sorted(
                        workers.stream()
                                .flatMap(worker -> worker.pieces.stream())
                                .toList(),
                        Piece::place);
        int share = Math.max(1, pieces.size() / (workers.size() * SHARES));
        team.each(
                (pieces.size() + share - 1) / share,
                (thread, i) -> pieces.subList(i * share, Math.min(pieces.size(), (i + 1) * share))
                        .forEach(workers.get(thread)::score));
        workers.forEach(worker -> worker.pieces.clear());
    }

    /** Part of a block. */
    private record Piece(BlockHits hits, PixelBlock pixels) {

        Block place() {
            return new Block(hits.block().frame(), pixels);
        }
    }

    /** What a thread works with. */
    private final class Worker {

        private final Hits found = new Hits();
        private final List<Piece> pieces = new ArrayList<>();
        private final Consensus kernel = consensus.get();
        private final float[] entropy = new float[pieceColumns];
        private final float[] divergence = new float[pieceColumns];
        private final SceneMaps maps;

        /** Of no meaning; keeps the compiler from leaving out what is read ahead. */
        private int prefetched;

        Worker(SceneMaps maps) {
            this.maps = maps;
        }

        /** Finds the hits of a block. */
        void gather(Block block) {
            BlockHits hits = BlockHits.of(geometry, block, found, memory);
            block.pixels().cut(pieceRows, pieceColumns).forEach(pixels -> pieces.add(new Piece(hits, pixels)));
        }

        /** Scores a piece, whichever thread found its hits. */
        void score(Piece piece) {
            prefetched = piece.hits().prefetch(piece.pixels());
            for (int row = piece.pixels().fromRow(); row < piece.pixels().toRow(); row++) {
                score(piece, row);
            }
        }

        private void score(Piece piece, int row) {
            BlockHits hits = piece.hits();
            int columns = piece.pixels().columns();
            int first = hits.pixel(row, piece.pixels().fromColumn());
            int pixel = row * geometry.size().width() + piece.pixels().fromColumn();
            long own = probabilities.row(hits.block().frame()) + pixel;
            kernel.score(
                    probabilities.data(),
                    probabilities.layout(),
                    own - first,
                    hits.numbers(),
                    hits.numbers(),
                    first,
                    first + columns,
                    entropy,
                    divergence);
            maps.put(hits.block().frame(), pixel, columns, entropy, divergence);
        }
    }
}
