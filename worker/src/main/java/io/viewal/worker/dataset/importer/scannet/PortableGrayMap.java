package io.viewal.worker.dataset.importer.scannet;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.interchange.IntegerImage;
import java.io.IOException;

/** Reads binary PGM ({@code P5}) of 8 or 16 bits; 16-bit numbers are big-endian, as the format says. */
final class PortableGrayMap {

    private static final int MAX_HEADER_TOKEN = 9;

    private final byte[] content;
    private int at;

    private PortableGrayMap(byte[] content) {
        this.content = content;
    }

    /**
     * Decodes a whole file.
     *
     * @throws IOException when it is not a binary PGM, or shorter than its header says
     */
    static IntegerImage read(byte[] content) throws IOException {
        return new PortableGrayMap(content).image();
    }

    /** As above; the file is named in the message. */
    static IntegerImage read(String place, byte[] content) {
        try {
            return read(content);
        } catch (IOException e) {
            throw SourceFault.invalid(place, "the image can't be read: " + e.getMessage(), e);
        }
    }

    private IntegerImage image() throws IOException {
        String magic = token();
        if (!magic.equals("P5")) {
            throw new IOException("it is not a binary PGM: it starts with '" + magic + "', expected P5");
        }
        int width = number();
        int height = number();
        int maximum = number();
        // A single white space character ends the header.
        at++;
        int bytes = maximum > 255 ? 2 : 1;
        long expected = (long) width * height * bytes;
        if (width <= 0 || height <= 0 || maximum > 0xffff || content.length - at != expected) {
            throw new IOException("its header says " + width + " x " + height + " up to " + maximum + ", which takes "
                    + expected + " bytes, but " + (content.length - at) + " follow");
        }
        char[] values = new char[width * height];
        for (int p = 0; p < values.length; p++) {
            int first = Byte.toUnsignedInt(content[at + p * bytes]);
            values[p] = (char) (bytes == 1 ? first : first << 8 | Byte.toUnsignedInt(content[at + p * 2 + 1]));
        }
        return new IntegerImage(new ImageSize(width, height), bytes * 8, values);
    }

    private int number() throws IOException {
        String token = token();
        try {
            return Integer.parseInt(token);
        } catch (NumberFormatException e) {
            throw new IOException("its header has '" + token + "' where a number is expected", e);
        }
    }

    /** The next word of the header; comments run from # to the end of the line. */
    private String token() {
        StringBuilder token = new StringBuilder();
        while (at < content.length && token.length() <= MAX_HEADER_TOKEN) {
            char c = (char) content[at];
            if (c == '#') {
                while (at < content.length && content[at] != '\n') {
                    at++;
                }
            } else if (!Character.isWhitespace(c)) {
                token.append(c);
                at++;
            } else if (token.isEmpty()) {
                at++;
            } else {
                break;
            }
        }
        return token.toString();
    }
}
