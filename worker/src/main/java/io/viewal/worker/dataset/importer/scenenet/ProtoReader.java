package io.viewal.worker.dataset.importer.scenenet;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of one message of protocol buffers, in their order. After {@link #next()} the field's value must be
 * taken by the method of its type, or skipped.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">the encoding</a>
 */
final class ProtoReader {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;
    private static final int MOST_VARINT_BYTES = 10;

    private final ByteBuffer in;
    private int type;

    ProtoReader(byte[] message) {
        this(ByteBuffer.wrap(message));
    }

    private ProtoReader(ByteBuffer message) {
        in = message.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Some message is cut off, or has a value of another type than is expected. */
    static final class MalformedException extends RuntimeException {

        MalformedException(String message) {
            super(message);
        }
    }

    /** Number of the next field; 0 at the end. */
    int next() {
        if (!in.hasRemaining()) {
            return 0;
        }
        long tag = varint();
        type = (int) (tag & 7);
        if (tag >>> 3 == 0 || tag >>> 3 > Integer.MAX_VALUE) {
            throw new MalformedException("field number " + (tag >>> 3));
        }
        return (int) (tag >>> 3);
    }

    int number() {
        require(VARINT);
        return (int) varint();
    }

    float real() {
        require(FIXED_32);
        try {
            return in.getFloat();
        } catch (BufferUnderflowException e) {
            throw new MalformedException("the message is cut off");
        }
    }

    String text() {
        require(BYTES);
        ByteBuffer bytes = bytes();
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    ProtoReader message() {
        require(BYTES);
        return new ProtoReader(bytes());
    }

    void skip() {
        switch (type) {
            case VARINT -> varint();
            case FIXED_64 -> pass(Long.BYTES);
            case BYTES -> bytes();
            case FIXED_32 -> pass(Integer.BYTES);
            default -> throw new MalformedException("wire type " + type);
        }
    }

    private void require(int expected) {
        if (type != expected) {
            throw new MalformedException("wire type " + type + ", expected " + expected);
        }
    }

    private ByteBuffer bytes() {
        long length = varint();
        int from = in.position();
        pass(length);
        return in.slice(from, (int) length);
    }

    private void pass(long count) {
        if (count < 0 || count > in.remaining()) {
            throw new MalformedException("the message is cut off: " + Long.toUnsignedString(count) + " bytes expected, "
                    + in.remaining() + " left");
        }
        in.position(in.position() + (int) count);
    }

    private long varint() {
        long value = 0;
        for (int i = 0; i < MOST_VARINT_BYTES && in.hasRemaining(); i++) {
            byte b = in.get();
            value |= (long) (b & 0x7f) << (7 * i);
            if (b >= 0) {
                return value;
            }
        }
        throw new MalformedException("a number is cut off or too long");
    }
}
