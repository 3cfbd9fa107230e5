package io.viewal.worker.dataset.importer;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * One way of spoiling a file of a data set. Equal random numbers spoil equal folders equally. Fields are JSON's, with their
 * values, or words of other texts.
 */
enum Mutation {
    FIELD_DROPPED(Kind.TEXT),
    FIELD_DOUBLED(Kind.TEXT),
    FIELD_RENAMED(Kind.TEXT),
    FIELD_RETYPED(Kind.TEXT),
    NUMBER_SCALED(Kind.TEXT),
    LINE_DROPPED(Kind.TEXT),
    LINES_EXCHANGED(Kind.TEXT),
    FILE_CUT(Kind.ANY),
    FILE_EMPTIED(Kind.ANY),
    FILE_REMOVED(Kind.ANY),
    BYTE_CHANGED(Kind.ANY),
    IMAGES_EXCHANGED(Kind.IMAGE),
    IMAGE_TURNED(Kind.IMAGE),
    IMAGE_REENCODED(Kind.IMAGE);

    /** The files that can be spoiled so. */
    private enum Kind {
        TEXT("json", "txt", "conf", "csv", "tsv"),
        IMAGE("png", "jpg"),
        ANY;

        private final List<String> extensions;

        Kind(String... extensions) {
            this.extensions = List.of(extensions);
        }

        boolean holds(Path file) {
            return extensions.isEmpty() || extensions.contains(extension(file));
        }
    }

    private final Kind kind;

    Mutation(Kind kind) {
        this.kind = kind;
    }

    /**
     * Spoils a file in a folder.
     *
     * @return its path there; empty when none is of a kind that can be spoiled so
     */
    Optional<Path> apply(Path folder, Random random) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile)
                    .filter(kind::holds)
                    .sorted()
                    .toList();
        }
        if (files.isEmpty()) {
            return Optional.empty();
        }
        Path file = files.get(random.nextInt(files.size()));
        byte[] content = Files.readAllBytes(file);
        switch (this) {
            case FILE_REMOVED -> Files.delete(file);
            case IMAGES_EXCHANGED -> {
                Path other = files.get(random.nextInt(files.size()));
                Files.write(file, Files.readAllBytes(other));
                Files.write(other, content);
            }
            default -> Files.write(file, spoiled(file, content, random));
        }
        return Optional.of(folder.relativize(file));
    }

    private byte[] spoiled(Path file, byte[] content, Random random) throws IOException {
        return switch (this) {
            case FILE_CUT -> Arrays.copyOf(content, random.nextInt(Math.max(1, content.length)));
            case FILE_EMPTIED -> new byte[0];
            case BYTE_CHANGED -> {
                content[random.nextInt(content.length)] ^= (byte) (1 + random.nextInt(255));
                yield content;
            }
            case IMAGE_TURNED -> written(turned(read(content)), extension(file));
            case IMAGE_REENCODED ->
                written(opaque(read(content)), extension(file).equals("png") ? "jpg" : "png");
            default ->
                new SpoiledText(
                                new String(content, StandardCharsets.UTF_8),
                                extension(file).equals("json"),
                                random)
                        .by(this)
                        .getBytes(StandardCharsets.UTF_8);
        };
    }

    private static BufferedImage read(byte[] content) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(content));
    }

    private static byte[] written(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }

    /** By 180 degrees, which keeps the size. */
    private static BufferedImage turned(BufferedImage image) {
        BufferedImage turned = new BufferedImage(
                image.getColorModel(),
                image.getRaster().createCompatibleWritableRaster(),
                image.isAlphaPremultiplied(),
                null);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                turned.getRaster()
                        .setPixel(
                                image.getWidth() - 1 - x,
                                image.getHeight() - 1 - y,
                                image.getRaster().getPixel(x, y, (int[]) null));
            }
        }
        return turned;
    }

    /** With 8 bits a channel, as viewers save images. */
    private static BufferedImage opaque(BufferedImage image) {
        BufferedImage rgb = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        rgb.getGraphics().drawImage(image, 0, 0, null);
        return rgb;
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
