package io.viewal.worker.dataset.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.worker.SharedData;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.opencv.NativeJpeg;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;

class JpegScanTest {

    private static final int START_OF_FRAME = 0xc0;
    private static final int START_OF_SCAN = 0xda;
    private static final int JFIF = 0xe0;

    @Property(tries = 150)
    void bothCodecsMakeTheSamePixels(
            @ForAll @IntRange(min = 1, max = 75) int width,
            @ForAll @IntRange(min = 1, max = 75) int height,
            @ForAll @IntRange(min = 0, max = 2) int sampling,
            @ForAll @IntRange(min = 1, max = 100) int quality,
            @ForAll @IntRange(min = 1, max = 255) int noise,
            @ForAll long seed)
            throws IOException {
        ImageSize size = new ImageSize(width, height);
        int luma = new int[] {0x11, 0x21, 0x22}[sampling];
        byte[] jpeg = jpeg(image(size, noise, seed), quality / 100f, luma, false);
        assertThat(JpegScan.simple(jpeg)).isEqualTo(size);
        assertThat(NativeJpeg.rgb(jpeg, size)).isEqualTo(byTheJdk(jpeg));
        assertThat(ImageFiles.readColor(jpeg).rgb()).isEqualTo(byTheJdk(jpeg));
    }

    @Test
    void aFileThatEndsAnywhereIsNotWhole() throws IOException {
        byte[] jpeg = jpeg(image(new ImageSize(50, 40), 40, 1), 0.8f, 0x22, false);
        assertThat(JpegScan.simple(jpeg)).isEqualTo(new ImageSize(50, 40));
        for (int length = 0; length < jpeg.length; length++) {
            assertThat(JpegScan.simple(Arrays.copyOf(jpeg, length))).isNull();
        }
    }

    @Test
    void aScanThatLacksItsLastPartIsReportedThoughItsEndIsMarked() throws IOException {
        byte[] jpeg = jpeg(image(new ImageSize(64, 64), 40, 1), 0.8f, 0x22, false);
        for (int lost : new int[] {3, 20, 200}) {
            byte[] damaged = Arrays.copyOf(jpeg, jpeg.length - lost);
            damaged[damaged.length - 2] = (byte) 0xff;
            damaged[damaged.length - 1] = (byte) 0xd9;
            assertThat(JpegScan.simple(damaged)).isNull();
            assertThatThrownBy(() -> ImageFiles.colorSize(damaged))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cut off");
        }
    }

    @Test
    void whatFollowsTheImageDoesNotMatter() throws IOException {
        byte[] jpeg = jpeg(image(new ImageSize(20, 10), 40, 1), 0.8f, 0x22, false);
        assertThat(JpegScan.simple(Arrays.copyOf(jpeg, jpeg.length + 9))).isNotNull();
    }

    @Test
    void damageIsNeverTakenForAnotherSizeAndNeverEndsInAnotherError() throws IOException {
        ImageSize size = new ImageSize(48, 32);
        byte[] jpeg = jpeg(image(size, 60, 1), 0.8f, 0x22, false);
        Random random = new Random(1);
        int from = segment(jpeg, START_OF_SCAN) + 14;
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = jpeg.clone();
            damaged[from + random.nextInt(jpeg.length - from)] ^= (byte) (1 << random.nextInt(8));
            ImageSize found = JpegScan.simple(damaged);
            if (found != null) {
                assertThat(found).isEqualTo(size);
                assertThat(NativeJpeg.rgb(damaged, size)).hasSize(size.pixels() * 3);
            }
        }
    }

    @Test
    void leavesOtherKindsToTheJdksCodec() throws IOException {
        BufferedImage image = image(new ImageSize(40, 30), 40, 1);
        assertThat(JpegScan.simple(jpeg(image, 0.8f, 0x22, true)))
                .as("progressive")
                .isNull();
        assertThat(JpegScan.simple(jpeg(image, 0.8f, 0x12, false)))
                .as("halved in height")
                .isNull();
        BufferedImage grey = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY);
        assertThat(JpegScan.simple(jpeg(grey, 0.8f, 0, false))).as("grey").isNull();
        byte[] colors = jpeg(image, 0.8f, 0x11, false);
        assertThat(JpegScan.simple(colors)).isNotNull();
        assertThat(JpegScan.simple(without(colors, JFIF))).as("perhaps RGB").isNull();
        assertThat(ImageFiles.readColor(without(colors, JFIF)).size()).isEqualTo(new ImageSize(40, 30));
        byte[] forged = jpeg(image, 0.8f, 0x22, false);
        int header = segment(forged, START_OF_FRAME);
        Arrays.fill(forged, header + 5, header + 9, (byte) 0xff);
        assertThat(JpegScan.simple(forged)).as("of 4 gigapixels").isNull();
    }

    @Test
    void aMissingMarkerOfJfifChangesNothingWhereChromaIsHalved() throws IOException {
        byte[] jpeg = jpeg(image(new ImageSize(40, 30), 40, 1), 0.8f, 0x22, false);
        byte[] bare = without(jpeg, JFIF);
        assertThat(JpegScan.simple(bare)).isNotNull();
        assertThat(ImageFiles.readColor(bare).rgb()).isEqualTo(byTheJdk(bare)).isEqualTo(byTheJdk(jpeg));
    }

    @Test
    void readsScansThatAreDividedByMarkers() throws IOException {
        BufferedImage black = new BufferedImage(24, 8, BufferedImage.TYPE_3BYTE_BGR);
        byte[] jpeg = jpeg(black, 0.8f, 0x11, false);
        int scan = segment(jpeg, START_OF_SCAN);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, scan);
        // After every unit a marker; a unit is three times the code of "no change", and the block's end.
        out.writeBytes(HexFormat.of().parseHex("ffdd00040001"));
        out.write(jpeg, scan, 14);
        out.writeBytes(HexFormat.of().parseHex("2803ffd02803ffd12803ffd9"));
        byte[] divided = out.toByteArray();
        assertThat(JpegScan.simple(divided)).isEqualTo(new ImageSize(24, 8));
        assertThat(ImageFiles.readColor(divided).rgb()).isEqualTo(byTheJdk(divided));
        divided[divided.length - 5] ^= 3;
        assertThat(JpegScan.simple(divided)).as("a marker out of turn").isNull();
    }

    @Test
    void realFramesAreOfTheUsualKindAndKeepTheirPixels() throws IOException {
        Path folder = SharedData.folder("scannet-sample").resolve("color");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                byte[] jpeg = Files.readAllBytes(file);
                assertThat(JpegScan.simple(jpeg)).isNotNull();
                assertThat(ImageFiles.readColor(jpeg).rgb()).isEqualTo(byTheJdk(jpeg));
            }
        }
    }

    private static byte[] byTheJdk(byte[] jpeg) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
        int[] samples = image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
        byte[] rgb = new byte[samples.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) samples[i];
        }
        return rgb;
    }

    private static BufferedImage image(ImageSize size, int noise, long seed) {
        BufferedImage image = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(seed);
        for (int p = 0; p < size.pixels(); p++) {
            int x = p % size.width();
            int y = p / size.width();
            int red = Math.min(255, 3 * x + random.nextInt(noise));
            int green = Math.min(255, 2 * y + random.nextInt(noise));
            image.setRGB(x, y, red << 16 | green << 8 | random.nextInt(noise));
        }
        return image;
    }

    /** @param luma how many blocks of luma a unit has in each direction, in hexadecimal */
    private static byte[] jpeg(BufferedImage image, float quality, int luma, boolean progressive) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(quality);
        if (progressive) {
            parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        }
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), parameters);
        String format = metadata.getNativeMetadataFormatName();
        IIOMetadataNode tree = (IIOMetadataNode) metadata.getAsTree(format);
        NodeList components = tree.getElementsByTagName("componentSpec");
        if (components.getLength() == 3) {
            IIOMetadataNode first = (IIOMetadataNode) components.item(0);
            first.setAttribute("HsamplingFactor", String.valueOf(luma >> 4));
            first.setAttribute("VsamplingFactor", String.valueOf(luma & 15));
            metadata.setFromTree(format, tree);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream target = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(target);
            writer.write(null, new IIOImage(image, null, metadata), parameters);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** Where a segment begins. */
    private static int segment(byte[] jpeg, int marker) {
        int at = 2;
        while (Byte.toUnsignedInt(jpeg[at + 1]) != marker) {
            at += 2 + length(jpeg, at);
        }
        return at;
    }

    private static int length(byte[] jpeg, int segment) {
        return Byte.toUnsignedInt(jpeg[segment + 2]) << 8 | Byte.toUnsignedInt(jpeg[segment + 3]);
    }

    private static byte[] without(byte[] jpeg, int marker) {
        int at = segment(jpeg, marker);
        int end = at + 2 + length(jpeg, at);
        byte[] shorter = Arrays.copyOf(jpeg, jpeg.length - (end - at));
        System.arraycopy(jpeg, end, shorter, at, jpeg.length - end);
        return shorter;
    }
}
