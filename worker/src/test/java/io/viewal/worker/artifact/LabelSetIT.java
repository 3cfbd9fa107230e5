package io.viewal.worker.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Region;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelSetIT {

    private static final ImageSize SIZE = new ImageSize(3, 2);
    private static final FrameKey FRAME = new FrameKey("room", "0001");

    @TempDir
    Path folder;

    private static LabelSet example() {
        LabelSet labels = new LabelSet(SIZE);
        labels.add(
                List.of(new LabeledRegion(
                        "room", "0002", Region.WHOLE_FRAME, 6, 0, 0, Optional.of(new Effort(15, 26.25)))),
                new FrameKey("room", "0002"),
                new byte[] {0, 1, 2, 3, 4, (byte) 255});
        labels.add(
                List.of(new LabeledRegion(
                        "room", "0001", new Region.Superpixel(4), 2, 1, 0, Optional.of(new Effort(1, 2.4)))),
                FRAME,
                new byte[] {(byte) 255, 7, 7, (byte) 255, (byte) 255, (byte) 255});
        return labels;
    }

    @Test
    void readsBackWhatItWroteAndWritesTheSameBytesAgain() throws IOException {
        Path first = folder.resolve("first.zip");
        Path second = folder.resolve("second.zip");
        example().write(first);
        LabelSet read = LabelSet.read(first, SIZE);
        read.write(second);

        assertThat(second).hasSameBinaryContentAs(first);
        assertThat(read.labels(FRAME)).containsExactly(255, 7, 7, 255, 255, 255);
        assertThat(read.labels(new FrameKey("room", "0003"))).containsOnly(255);
        assertThat(read.round()).isEqualTo(1);
        assertThat(read.pixels()).isEqualTo(8);
        assertThat(read.effort()).isEqualTo(new Effort(16, 26.25 + 2.4));
        assertThat(read.skipped()).isEmpty();
    }

    @Test
    void whatCouldNotBeLabeledIsRememberedUntilItIs() throws IOException {
        LabelSet labels = example();
        labels.skip(new SkippedRegion("room", "0003", new Region.Superpixel(2), 2));
        labels.skip(new SkippedRegion("room", "0001", new Region.Superpixel(5), 2));
        labels.skip(new SkippedRegion("room", "0003", new Region.Superpixel(2), 3));
        Path file = folder.resolve("labels.zip");
        labels.write(file);
        LabelSet read = LabelSet.read(file, SIZE);
        assertThat(read.skipped())
                .containsExactly(
                        new SkippedRegion("room", "0001", new Region.Superpixel(5), 2),
                        new SkippedRegion("room", "0003", new Region.Superpixel(2), 3));
        assertThat(read.skipped(FRAME)).hasSize(1);
        assertThat(read.pixels()).isEqualTo(8);
        assertThat(read.round()).isEqualTo(3);
        read.add(
                List.of(new LabeledRegion("room", "0001", new Region.Superpixel(5), 1, 4, 0, Optional.of(Effort.NONE))),
                FRAME,
                read.labels(FRAME));
        assertThat(read.skipped()).extracting(SkippedRegion::frame).containsExactly("0003");
    }

    @Test
    void readsVersion1OfWhichTheEffortIsNotKnown() throws IOException {
        Path file = folder.resolve("labels.zip");
        zip(file, Map.of("regions.csv", "scene,frame,superpixel,pixels,round,rank\nroom,0001,-1,6,0,0\n"));
        LabelSet read = LabelSet.read(file, SIZE);
        assertThat(read.regions())
                .containsExactly(new LabeledRegion("room", "0001", Region.WHOLE_FRAME, 6, 0, 0, Optional.empty()));
        read.complete(region -> new Effort(region.pixels(), 1));
        assertThat(read.effort()).isEqualTo(new Effort(6, 1));
        assertThat(read.regions(FRAME)).isEqualTo(read.regions());
    }

    @Test
    void refusesAVersionOfLater() throws IOException {
        Path file = folder.resolve("labels.zip");
        zip(file, Map.of("version", "4", "regions.csv", "none of our business"));
        assertThatThrownBy(() -> LabelSet.read(file, SIZE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("labels.zip is of version 4, this worker reads 1 to 3");
    }

    private static void zip(Path file, Map<String, String> entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void refusesFramesOfAnotherSize() throws IOException {
        Path file = folder.resolve("labels.zip");
        example().write(file);
        LabelSet read = LabelSet.read(file, new ImageSize(4, 4));
        assertThatThrownBy(() -> read.labels(FRAME))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("room/0001.png")
                .hasMessageContaining("4 x 4");
    }

    @Test
    void refusesAFileThatIsNoLabelSet() throws IOException {
        Path file = Files.writeString(folder.resolve("labels.zip"), "not a zip");
        assertThatThrownBy(() -> LabelSet.read(file, SIZE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("regions.csv");
    }

    @Test
    void pseudoLabelsTrainButCountForNothing() throws IOException {
        LabelSet labels = example();
        FrameKey other = new FrameKey("room", "0003");
        labels.set(LabelSource.PSEUDO, other, new byte[] {9, -1, -1, -1, -1, -1});
        Path file = folder.resolve("labels.zip");
        labels.write(file);
        LabelSet read = LabelSet.read(file, SIZE);

        assertThat(read.frames()).doesNotContain(other);
        assertThat(read.frames(LabelSource.PSEUDO)).containsExactly(other);
        assertThat(read.trainingFrames()).hasSize(3).contains(other);
        assertThat(read.trainingLabels(other)).containsExactly(9, 255, 255, 255, 255, 255);
        assertThat(read.labels(other)).containsOnly(255);
        assertThat(read.pixels()).isEqualTo(8);
        assertThat(read.regions(other)).isEmpty();
        assertThat(read.labeledPixels(other, new char[6]).isEmpty()).isTrue();

        read.clear(LabelSource.PSEUDO);
        assertThat(read.trainingFrames()).isEqualTo(read.frames());
    }

    @Test
    void theMostTrustedSourceLabelsAPixel() {
        LabelSet labels = example();
        labels.set(LabelSource.PSEUDO, FRAME, new byte[] {1, 1, 1, 1, -1, -1});
        labels.set(LabelSource.PROPAGATED, FRAME, new byte[] {2, 2, -1, -1, -1, -1});
        assertThat(labels.trainingLabels(FRAME)).containsExactly(2, 7, 7, 1, 255, 255);
    }

    @Test
    void aFrameWithoutAnyLabelHasNoMap() {
        LabelSet labels = new LabelSet(SIZE);
        labels.set(LabelSource.PSEUDO, FRAME, new byte[] {-1, -1, -1, -1, -1, -1});
        assertThat(labels.trainingFrames()).isEmpty();
    }

    @Test
    void theLabeledPixelsAreThoseOfItsRegions() {
        LabelSet labels = example();
        assertThat(labels.labeledPixels(FRAME, new char[] {0, 4, 4, 1, 1, 1}).stream())
                .containsExactly(1, 2);
        assertThat(labels.labeledPixels(new FrameKey("room", "0002"), new char[6])
                        .cardinality())
                .isEqualTo(6);
    }

    @Test
    void refusesLabelsOfAnUnknownSource() throws IOException {
        Path file = folder.resolve("labels.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("guessed/room/0001.png"));
        }
        assertThatThrownBy(() -> LabelSet.read(file, SIZE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("guessed/room/0001.png")
                .hasMessageContaining("pseudo/");
    }
}
