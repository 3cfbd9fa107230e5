package io.viewal.worker.model.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Number formats of stored tensors, by their names in a safetensors header; all are read as float32. */
enum NumberFormat {
    F64(8, "DoubleStorage") {
        @Override
        float get(ByteBuffer data, int at) {
            return (float) data.getDouble(at);
        }
    },
    F32(4, "FloatStorage") {
        @Override
        float get(ByteBuffer data, int at) {
            return data.getFloat(at);
        }
    },
    F16(2, "HalfStorage") {
        @Override
        float get(ByteBuffer data, int at) {
            return Float.float16ToFloat(data.getShort(at));
        }
    },
    BF16(2, "BFloat16Storage") {
        @Override
        float get(ByteBuffer data, int at) {
            return Float.intBitsToFloat(data.getShort(at) << 16);
        }
    },
    I64(8, "LongStorage") {
        @Override
        float get(ByteBuffer data, int at) {
            return data.getLong(at);
        }
    },
    I32(4, "IntStorage") {
        @Override
        float get(ByteBuffer data, int at) {
            return data.getInt(at);
        }
    },
    I16(2, "ShortStorage") {
        @Override
        float get(ByteBuffer data, int at) {
            return data.getShort(at);
        }
    },
    I8(1, "CharStorage") {
        @Override
        float get(ByteBuffer data, int at) {
            return data.get(at);
        }
    },
    U8(1, "ByteStorage") {
        @Override
        float get(ByteBuffer data, int at) {
            return Byte.toUnsignedInt(data.get(at));
        }
    },
    BOOL(1, "BoolStorage") {
        @Override
        float get(ByteBuffer data, int at) {
            return data.get(at);
        }
    };

    private final int bytes;
    private final String storage;

    NumberFormat(int bytes, String storage) {
        this.bytes = bytes;
        this.storage = storage;
    }

    /** The number at a byte offset of little-endian data. */
    abstract float get(ByteBuffer data, int at);

    int bytes() {
        return bytes;
    }

    /** By the name in a safetensors header. */
    static Optional<NumberFormat> ofDtype(String dtype) {
        return Arrays.stream(values())
                .filter(format -> format.name().equals(dtype))
                .findFirst();
    }

    /** By the name of a class in PyTorch's module {@code torch}. */
    static Optional<NumberFormat> ofStorage(String storage) {
        return Arrays.stream(values())
                .filter(format -> format.storage.equals(storage))
                .findFirst();
    }

    /** All names, for messages. */
    static String names() {
        return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    }
}
