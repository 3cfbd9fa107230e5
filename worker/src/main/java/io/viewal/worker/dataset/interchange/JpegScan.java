package io.viewal.worker.dataset.interchange;

import io.viewal.worker.dataset.ImageSize;

/**
 * Walks through the code of a JPEG, without making an image of it, to find out whether it is whole. Cameras write baseline
 * JPEGs of one scan; for these the walk takes a small part of the time of decoding, and finds what some decoders pass over.
 * Others are not looked into.
 *
 * @see <a href="https://www.w3.org/Graphics/JPEG/itu-t81.pdf">ITU-T T.81</a>
 */
final class JpegScan {

    private static final int START = 0xd8;
    private static final int END = 0xd9;
    private static final int BASELINE = 0xc0;
    private static final int EXTENDED = 0xc1;
    private static final int HUFFMAN = 0xc4;
    private static final int QUANTIZATION = 0xdb;
    private static final int RESTARTS = 0xdd;
    private static final int SCAN = 0xda;
    private static final int JFIF = 0xe0;
    private static final int ICC_PROFILE = 0xe2;
    private static final int ADOBE = 0xee;
    private static final int LAST_APPLICATION = 0xef;
    private static final int COMMENT = 0xfe;

    /** Y, Cb and Cr, numbered from 1. */
    private static final int COMPONENTS = 3;

    private static final int FULL_SIZE = 0x11;
    private static final int SPECTRUM = 63;

    private final byte[] file;
    private final HuffmanTable[] dc = new HuffmanTable[4];
    private final HuffmanTable[] ac = new HuffmanTable[4];
    private ImageSize size;
    private int lumaColumns;
    private int lumaRows;
    private boolean jfif;
    private int restartInterval;

    private JpegScan(byte[] file) {
        this.file = file;
    }

    /** Whether a file begins as a JPEG of any kind. */
    static boolean isJpeg(byte[] file) {
        return file.length > 2 && (file[0] & 0xff) == 0xff && (file[1] & 0xff) == START && (file[2] & 0xff) == 0xff;
    }

    /**
     * The size of a JPEG that is whole and of the usual kind: baseline, YCbCr, chroma at full or half size, one scan,
     * neither a colour profile nor Adobe's marker. Every codec makes the same pixels of it.
     *
     * @return null when it is damaged or of another kind
     */
    static ImageSize simple(byte[] file) {
        try {
            JpegScan scan = new JpegScan(file);
            return scan.isSimple() ? scan.size : null;
        } catch (ArrayIndexOutOfBoundsException e) {
            // It ends within a segment, or names a table that there can't be.
            return null;
        }
    }

    private boolean isSimple() {
        if (unsigned(0) != 0xff || unsigned(1) != START) {
            return false;
        }
        int at = 2;
        while (unsigned(at) == 0xff) {
            int marker = unsigned(at + 1);
            int from = at + 4;
            int to = at + 2 + word(at + 2);
            if (marker == SCAN) {
                return isOfAll(from, to) && isWhole(from, to);
            }
            if (to < from || !take(marker, from, to)) {
                return false;
            }
            at = to;
        }
        return false;
    }

    /** Takes a segment before the scan; false when only some codecs know what to do with it. */
    private boolean take(int marker, int from, int to) {
        switch (marker) {
            case BASELINE, EXTENDED -> {
                return size == null && takeFrame(from, to);
            }
            case HUFFMAN -> {
                return takeTables(from, to);
            }
            case RESTARTS -> restartInterval = word(from);
            case JFIF -> jfif |= file[from] == 'J' && file[from + 1] == 'F' && file[from + 2] == 'I';
            case ICC_PROFILE, ADOBE -> {
                return false;
            }
            default -> {
                return marker == QUANTIZATION || marker == COMMENT || marker > JFIF && marker <= LAST_APPLICATION;
            }
        }
        return true;
    }

    private boolean takeFrame(int from, int to) {
        if (to - from != 6 + 3 * COMPONENTS || unsigned(from) != Byte.SIZE || unsigned(from + 5) != COMPONENTS) {
            return false;
        }
        int height = word(from + 1);
        int width = word(from + 3);
        if (height == 0 || width == 0 || (long) height * width > ImageFiles.MAX_PIXELS) {
            return false;
        }
        size = new ImageSize(width, height);
        lumaColumns = unsigned(from + 7) >> 4;
        lumaRows = unsigned(from + 7) & 15;
        for (int c = 0; c < COMPONENTS; c++) {
            int sampling = unsigned(from + 7 + 3 * c);
            if (unsigned(from + 6 + 3 * c) != c + 1 || c > 0 && sampling != FULL_SIZE) {
                return false;
            }
        }
        // Codecs differ in how they enlarge chroma that is halved from top to bottom alone.
        return lumaRows >= 1 && lumaColumns >= lumaRows && lumaColumns <= 2;
    }

    private boolean takeTables(int from, int to) {
        int at = from;
        while (at < to) {
            HuffmanTable table = HuffmanTable.of(file, at + 1);
            if (table == null) {
                return false;
            }
            (unsigned(at) >> 4 == 0 ? dc : ac)[unsigned(at) & 15] = table;
            at += 1 + table.bytes();
        }
        return at == to;
    }

    /** Without JFIF's marker and at full size, some codecs take the components for red, green and blue. */
    private boolean isOfAll(int from, int to) {
        boolean all = size != null
                && (jfif || lumaColumns > 1)
                && to - from == 4 + 2 * COMPONENTS
                && unsigned(from) == COMPONENTS
                && word(to - 3) == SPECTRUM
                && file[to - 1] == 0;
        for (int c = 0; all && c < COMPONENTS; c++) {
            all = unsigned(from + 1 + 2 * c) == c + 1;
        }
        return all;
    }

    private boolean isWhole(int from, int to) {
        HuffmanTable[] dcs = new HuffmanTable[COMPONENTS];
        HuffmanTable[] acs = new HuffmanTable[COMPONENTS];
        for (int c = 0; c < COMPONENTS; c++) {
            dcs[c] = dc[unsigned(from + 2 + 2 * c) >> 4];
            acs[c] = ac[unsigned(from + 2 + 2 * c) & 15];
            if (dcs[c] == null || acs[c] == null) {
                return false;
            }
        }
        JpegBits bits = new JpegBits(file, to);
        int units = units(size.width(), lumaColumns) * units(size.height(), lumaRows);
        int luma = lumaColumns * lumaRows;
        for (int unit = 0; unit < units; unit++) {
            if (restartInterval > 0 && unit > 0 && unit % restartInterval == 0 && !bits.restart()) {
                return false;
            }
            for (int block = 0; block < luma + 2; block++) {
                int c = Math.max(0, block - luma + 1);
                if (!bits.skipBlock(dcs[c], acs[c])) {
                    return false;
                }
            }
        }
        return bits.endsAt(END);
    }

    private static int units(int pixels, int blocks) {
        return (pixels + Byte.SIZE * blocks - 1) / (Byte.SIZE * blocks);
    }

    private int word(int at) {
        return unsigned(at) << 8 | unsigned(at + 1);
    }

    private int unsigned(int at) {
        return Byte.toUnsignedInt(file[at]);
    }
}
