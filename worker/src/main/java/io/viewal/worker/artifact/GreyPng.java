package io.viewal.worker.artifact;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** 8-bit grey PNG files whose grey values are ids, not shades. */
public final class GreyPng {

    private GreyPng() {}

    /**
     * The file's content.
     *
     * @param ids uint8 [height, width]
     */
    public static byte[] encode(byte[] ids, ImageSize size) {
        BufferedImage image = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_BYTE_GRAY);
        System.arraycopy(ids, 0, ((DataBufferByte) image.getRaster().getDataBuffer()).getData(), 0, size.pixels());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /**
     * Reads a file's content.
     *
     * @param name for messages
     * @return uint8 [height, width]
     * @throws InvalidInputException when it is not an 8-bit grey PNG of this size
     */
    public static byte[] decode(byte[] png, ImageSize size, String name) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
            if (image != null
                    && image.getType() == BufferedImage.TYPE_BYTE_GRAY
                    && image.getWidth() == size.width()
                    && image.getHeight() == size.height()) {
                return ((DataBufferByte) image.getRaster().getDataBuffer())
                        .getData()
                        .clone();
            }
        } catch (IOException e) {
            throw new InvalidInputException(Reason.InvalidLabels, name + " is not a whole PNG file: " + e, e);
        }
        throw new InvalidInputException(
                Reason.InvalidLabels, name + " is not an 8-bit grey PNG of " + size + " pixels");
    }
}
