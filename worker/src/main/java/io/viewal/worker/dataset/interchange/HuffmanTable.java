package io.viewal.worker.dataset.interchange;

import java.util.Arrays;

/**
 * A JPEG's table of codes. Of a symbol only matters how much there is to skip: its upper 4 bits are a number of zeros, its
 * lower 4 bits the number of bits that follow.
 */
final class HuffmanTable {

    /** Codes of up to so many bits, which are most, are found by one look. */
    static final int NEAR = 9;

    private static final int LONGEST = 16;
    private static final int SYMBOLS = 256;

    private final int[] near = new int[1 << NEAR];
    private final int[] symbols = new int[SYMBOLS];
    private final int[] beyond = new int[LONGEST + 1];
    private final int[] offset = new int[LONGEST + 1];
    private int count;

    private HuffmanTable() {}

    /**
     * Reads a table: how many codes there are of 1 to 16 bits, then their symbols.
     *
     * @return null when there are more codes than fit
     */
    static HuffmanTable of(byte[] file, int at) {
        HuffmanTable table = new HuffmanTable();
        int code = 0;
        for (int length = 1; length <= LONGEST; length++) {
            int codes = Byte.toUnsignedInt(file[at + length - 1]);
            table.offset[length] = table.count - code;
            if (code + codes > 1 << length || table.count + codes > SYMBOLS) {
                return null;
            }
            for (int i = 0; i < codes; i++) {
                table.add(code++, length, Byte.toUnsignedInt(file[at + LONGEST + table.count]));
            }
            table.beyond[length] = code;
            code <<= 1;
        }
        return table;
    }

    private void add(int code, int length, int symbol) {
        symbols[count++] = symbol;
        if (length <= NEAR) {
            int free = NEAR - length;
            Arrays.fill(near, code << free, (code + 1) << free, entry(symbol, length));
        }
    }

    /** Bytes that the table takes in the file. */
    int bytes() {
        return LONGEST + count;
    }

    /**
     * Looks a code up.
     *
     * @param bits the next 16
     * @return the symbol, and above its 8 bits how many bits code and number take; 0 when there is no such code
     */
    int entry(int bits) {
        int entry = near[bits >> LONGEST - NEAR];
        return entry != 0 ? entry : far(bits);
    }

    private int far(int bits) {
        for (int length = NEAR + 1; length <= LONGEST; length++) {
            int code = bits >> LONGEST - length;
            if (code < beyond[length]) {
                return entry(symbols[code + offset[length]], length);
            }
        }
        return 0;
    }

    private static int entry(int symbol, int length) {
        return (length + (symbol & 15)) << 8 | symbol;
    }
}
