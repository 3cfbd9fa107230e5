package io.viewal.worker.model.weights;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code torch.save} wrote before PyTorch 1.6, and writes with {@code _use_new_zipfile_serialization=False}: pickles
 * of a magic number, a version, the machine, the state dict and the keys of its numbers, and then these, each after their
 * count.
 */
final class LegacyPytorchFile {

    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);

    private final Path file;
    private final ByteArrayInputStream in;
    private final ByteBuffer data;

    private LegacyPytorchFile(Path file, byte[] content) {
        this.file = file;
        this.in = new ByteArrayInputStream(content);
        this.data = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    static TensorFile read(Path file) throws IOException {
        LegacyPytorchFile legacy = new LegacyPytorchFile(file, Files.readAllBytes(file));
        return PickledTensors.guarded(file, legacy::read);
    }

    private TensorFile read() throws IOException {
        if (!MAGIC.equals(new TensorUnpickler().load(in))) {
            throw TensorFile.invalid(file, "a pickle that torch.save did not write; save model.state_dict() with it");
        }
        new TensorUnpickler().load(in); // The version is 1001 in all of them.
        if (new TensorUnpickler().load(in) instanceof Map<?, ?> machine
                && Boolean.FALSE.equals(machine.get("little_endian"))) {
            throw TensorFile.invalid(
                    file, "its numbers are big-endian, expected little-endian; save it as safetensors");
        }
        TensorUnpickler unpickler = new TensorUnpickler();
        Object root = unpickler.load(in);
        Map<String, ByteBuffer> storages = storages((List<?>) new TensorUnpickler().load(in), unpickler.storages());
        return PickledTensors.collect(file, root, storages::get);
    }

    private Map<String, ByteBuffer> storages(List<?> keys, Map<String, NumberFormat> formats) {
        Map<String, ByteBuffer> storages = new HashMap<>();
        int at = data.capacity() - in.available();
        for (Object item : keys) {
            String key = item.toString();
            NumberFormat format = formats.get(key);
            long left = data.capacity() - at - Long.BYTES;
            long count = left < 0 ? -1 : data.getLong(at);
            if (format == null || count < 0 || count > left / format.bytes()) {
                throw truncated();
            }
            int length = (int) count * format.bytes();
            storages.put(key, data.slice(at + Long.BYTES, length).order(ByteOrder.LITTLE_ENDIAN));
            at += Long.BYTES + length;
        }
        return storages;
    }

    private RuntimeException truncated() {
        return TensorFile.invalid(file, "it is truncated after " + data.capacity() + " bytes; fetch it again");
    }
}
