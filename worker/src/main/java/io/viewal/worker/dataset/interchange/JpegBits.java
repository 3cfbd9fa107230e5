package io.viewal.worker.dataset.interchange;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The bits of a JPEG's scan. Where a marker or the file's end cuts them off, zeros follow, which are counted. */
final class JpegBits {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private static final int COEFFICIENTS = 64;

    /** Bits that a number may have, by the standard. */
    private static final int LONGEST_DC = 11;

    private static final int ZEROS_16 = 0xf0;
    private static final int FIRST_RESTART = 0xd0;

    private final byte[] file;
    private int at;
    private long buffer;
    private int ready;
    private int madeUp;
    private int restarts;

    /** @param from where the scan's bits begin */
    JpegBits(byte[] file, int from) {
        this.file = file;
        this.at = from;
    }

    /** Passes over a block of 8 × 8 coefficients; false when its code is broken or cut off. */
    boolean skipBlock(HuffmanTable dc, HuffmanTable ac) {
        int entry = skip(dc);
        if (entry == 0 || (entry & 0xff) > LONGEST_DC) {
            return false;
        }
        int k = 1;
        while (k < COEFFICIENTS) {
            entry = skip(ac);
            int symbol = entry & 0xff;
            if (entry == 0) {
                return false;
            }
            if ((symbol & 15) == 0 && symbol != ZEROS_16) {
                break;
            }
            k += (symbol >> 4) + 1;
        }
        return k <= COEFFICIENTS && ready >= madeUp;
    }

    /** Passes over a code and its number, 31 bits at most. */
    private int skip(HuffmanTable table) {
        if (ready < Integer.SIZE) {
            fill();
        }
        int entry = table.entry((int) (buffer >>> ready - 16) & 0xffff);
        ready -= entry >> 8;
        return entry;
    }

    private void fill() {
        if (at + Integer.BYTES <= file.length) {
            int word = (int) INTS.get(file, at);
            if ((~word - 0x01010101 & word & 0x80808080) == 0) {
                // None of the four bytes is 0xff, which would begin a marker.
                buffer = buffer << Integer.SIZE | Integer.toUnsignedLong(word);
                ready += Integer.SIZE;
                at += Integer.BYTES;
                return;
            }
        }
        while (ready <= Long.SIZE - Byte.SIZE) {
            buffer = buffer << Byte.SIZE | next();
            ready += Byte.SIZE;
        }
    }

    private int next() {
        int next = at < file.length ? Byte.toUnsignedInt(file[at]) : 0xff;
        if (next != 0xff) {
            at++;
        } else if (at + 1 < file.length && file[at + 1] == 0) {
            at += 2;
        } else {
            madeUp += Byte.SIZE;
            return 0;
        }
        return next;
    }

    /** Passes over the next of the markers that scans can be divided by; false when it is not here. */
    boolean restart() {
        if (!endsAt(FIRST_RESTART + (restarts & 7))) {
            return false;
        }
        restarts++;
        at += 2;
        ready = 0;
        madeUp = 0;
        return true;
    }

    /** Whether all bits have been used, but for those that fill the last byte, and this marker follows. */
    boolean endsAt(int marker) {
        int left = ready - madeUp;
        return left >= 0
                && left < Byte.SIZE
                && at + 1 < file.length
                && Byte.toUnsignedInt(file[at]) == 0xff
                && Byte.toUnsignedInt(file[at + 1]) == marker;
    }
}
