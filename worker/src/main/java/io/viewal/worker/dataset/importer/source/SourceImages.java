package io.viewal.worker.dataset.importer.source;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.interchange.ColorImage;
import io.viewal.worker.dataset.interchange.ImageFiles;
import io.viewal.worker.dataset.interchange.IntegerImage;
import io.viewal.worker.dataset.interchange.LabelColors;
import io.viewal.worker.dataset.interchange.LabelImages;
import java.io.IOException;
import java.util.Optional;

/** Decodes images that are in memory; one that can't be decoded is named. */
public final class SourceImages {

    private SourceImages() {}

    /**
     * The size of a colour image that can be decoded.
     *
     * @param file as its user knows it
     * @throws io.viewal.worker.InvalidInputException when it can't be decoded
     */
    public static ImageSize colorSize(Object file, byte[] content) {
        try {
            return ImageFiles.colorSize(content);
        } catch (IOException e) {
            throw SourceFault.invalid(file, "the image can't be read: " + e.getMessage(), e);
        }
    }

    /** Decodes a colour image. */
    public static ColorImage color(Object file, byte[] content) {
        try {
            return ImageFiles.readColor(content);
        } catch (IOException e) {
            throw SourceFault.invalid(file, "the image can't be read: " + e.getMessage(), e);
        }
    }

    /** Decodes depth units. */
    public static IntegerImage numbers(Object file, byte[] content) {
        try {
            return ImageFiles.readInteger(content);
        } catch (IOException e) {
            throw SourceFault.invalid(file, "the image can't be read: " + e.getMessage(), e);
        }
    }

    /** Decodes class or region ids. */
    public static IntegerImage ids(Object file, byte[] content) {
        return ids(file, content, Optional.empty());
    }

    /** Decodes class ids, which may be written as colours. */
    public static IntegerImage ids(Object file, byte[] content, Optional<LabelColors> colors) {
        try {
            return LabelImages.read(content, colors);
        } catch (IOException e) {
            throw SourceFault.invalid(file, "the image can't be read: " + e.getMessage(), e);
        }
    }

    /**
     * A map of class ids that somebody laid beside the images of a layout that has no labels.
     *
     * @return null when there is none
     */
    public static IntegerImage laidBeside(SourceFiles files, String path) throws IOException {
        return files.exists(path) ? ids(files.describe(path), files.read(path)) : null;
    }

    /** Decodes a depth image, which must have 16 bits a pixel. */
    public static IntegerImage depth(Object file, byte[] content) {
        IntegerImage depth = numbers(file, content);
        if (depth.bits() != 16) {
            throw SourceFault.invalid(
                    file,
                    "depth has " + depth.bits()
                            + " bits a pixel, expected 16: an 8-bit copy has lost the distances; take the original"
                            + " file");
        }
        return depth;
    }
}
