package io.viewal.worker.dataset.importer.colmap;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.importer.source.FloatDepth;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import io.viewal.worker.dataset.importer.source.SourceImages;
import io.viewal.worker.dataset.interchange.IntegerImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Depth of a model's images: 16-bit PNGs in {@code depth}, or the maps of COLMAP's own stereo, whose floats are in the
 * model's unit.
 *
 * @param unit the model's units a depth unit
 */
record ColmapDepth(SourceFiles files, double unit) {

    private static final String STEREO = "stereo/depth_maps/";
    private static final List<String> KINDS = List.of(".geometric.bin", ".photometric.bin");
    private static final int MOST_HEADER_BYTES = 40;

    /**
     * Reads the depth of an image.
     *
     * @param image its name, a path below {@code images}
     */
    IntegerImage read(String image) throws IOException {
        String png = "depth/" + image.substring(0, image.lastIndexOf('.')) + ".png";
        if (files.exists(png)) {
            return SourceImages.depth(files.describe(png), files.read(png));
        }
        for (String kind : KINDS) {
            String map = STEREO + image + kind;
            if (files.exists(map)) {
                return stereo(files.describe(map), files.read(map));
            }
        }
        throw SourceFault.invalid(
                files.describe(png),
                "there is no such file, nor " + STEREO + image + KINDS.getFirst()
                        + "; a depth map is needed for every image");
    }

    /** {@code width&height&channels&}, then float32, little-endian, row by row. */
    private IntegerImage stereo(String place, byte[] content) {
        String header =
                new String(content, 0, Math.min(MOST_HEADER_BYTES, content.length), StandardCharsets.ISO_8859_1);
        String[] numbers = header.split("&", 4);
        try {
            ImageSize size = new ImageSize(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
            int start = header.length() - numbers[3].length();
            if (!numbers[2].equals("1") || content.length - start != 4L * size.width() * size.height()) {
                throw SourceFault.invalid(
                        place,
                        "its header says " + size + " pixels of " + numbers[2] + " number(s), but "
                                + (content.length - start) + " bytes follow");
            }
            ByteBuffer floats =
                    ByteBuffer.wrap(content, start, content.length - start).order(ByteOrder.LITTLE_ENDIAN);
            float[] depth = new float[size.pixels()];
            floats.asFloatBuffer().get(depth);
            return FloatDepth.units(size, depth, unit);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw SourceFault.invalid(place, "it does not begin with width&height&channels&", e);
        }
    }
}
