package io.viewal.worker.exchange;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.VoidLabel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Label maps as colour PNG files, a colour a class.
 *
 * @param table the colours
 * @param classes of the data set, in id order
 * @param size of its frames
 */
record ColorMaps(ClassTable table, List<String> classes, ImageSize size) {

    private static final int RGB = 0xffffff;

    /**
     * The file's content.
     *
     * @param ids uint8 [height, width], 255 for none
     */
    byte[] encode(byte[] ids) {
        BufferedImage image = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < ids.length; pixel++) {
            int id = ids[pixel] & 0xff;
            int color = table.colors().get(id == VoidLabel.ID ? ClassTable.NONE : classes.get(id));
            image.setRGB(pixel % size.width(), pixel / size.width(), color);
        }
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
     * @return uint8 [height, width], 255 for none
     * @throws InvalidInputException when it is no picture of the size, or has a colour that the table has not
     */
    byte[] decode(byte[] png, String name) {
        BufferedImage image;
        try {
            image = ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new InvalidInputException(Reason.InvalidLabels, name + " is not a whole picture: " + e, e);
        }
        if (image == null || image.getWidth() != size.width() || image.getHeight() != size.height()) {
            throw new InvalidInputException(
                    Reason.InvalidLabels, name + " is no picture of " + size + " pixels, the size of the data set");
        }
        Map<Integer, Integer> ids = table.ids(classes);
        byte[] map = new byte[size.pixels()];
        for (int pixel = 0; pixel < map.length; pixel++) {
            int x = pixel % size.width();
            int y = pixel / size.width();
            int color = image.getRGB(x, y) & RGB;
            Integer id = ids.get(color);
            if (id == null) {
                throw new InvalidInputException(
                        Reason.InvalidLabels,
                        "%s has the colour %d,%d,%d at column %d, row %d, which stands for no class in %s: add it there"
                                .formatted(name, color >> 16, color >> 8 & 0xff, color & 0xff, x, y, ClassTable.FILE));
            }
            map[pixel] = id.byteValue();
        }
        return map;
    }
}
