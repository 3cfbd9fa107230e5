package io.viewal.worker.model.weights;

import io.viewal.worker.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A state dict as {@code torch.save} writes it: a zip of a pickle and the numbers that it refers to. */
final class PytorchArchive {

    private static final String PICKLE = "/data.pkl";
    /** A training checkpoint keeps the state dict under one of these. */
    private static final String[] NESTED = {"state_dict", "model_state_dict", "model"};

    private PytorchArchive() {}

    static TensorFile read(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry pickle = zip.stream()
                    .filter(entry -> entry.getName().endsWith(PICKLE))
                    .findFirst()
                    .orElseThrow(() -> TensorFile.invalid(file, "a zip without data.pkl, which torch.save writes"));
            String folder = pickle.getName().substring(0, pickle.getName().length() - PICKLE.length());
            Map<String, ByteBuffer> storages = new HashMap<>();
            TensorUnpickler unpickler =
                    new TensorUnpickler(key -> storages.computeIfAbsent(key, k -> storage(file, zip, folder, k)));
            byte[] bytes = bytes(zip, pickle);
            Object root = unpickler.load(new ByteArrayInputStream(bytes));
            return new TensorFile(new TreeMap<>(), tensors(file, root));
        } catch (ZipException e) {
            throw TensorFile.invalid(file, "the archive is truncated (" + e.getMessage() + "); fetch it again");
        } catch (InvalidInputException e) {
            throw e;
        } catch (RuntimeException e) {
            // Whatever a broken or foreign pickle makes of the reader: wrong types, stacks, sizes.
            throw TensorFile.invalid(file, "not a state dict: " + e.getMessage());
        }
    }

    private static TreeMap<String, Tensor> tensors(Path file, Object root) {
        Object dict = root;
        for (String key : NESTED) {
            if (dict instanceof Map<?, ?> map && map.get(key) instanceof Map<?, ?> nested) {
                dict = nested;
            }
        }
        TreeMap<String, Tensor> tensors = new TreeMap<>();
        if (dict instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (value instanceof Tensor tensor) {
                    tensors.put(name.toString(), tensor);
                }
            });
        }
        if (tensors.isEmpty()) {
            throw TensorFile.invalid(file, "no tensors; save model.state_dict() with torch.save");
        }
        return tensors;
    }

    private static ByteBuffer storage(Path file, ZipFile zip, String folder, String key) {
        ZipEntry entry = zip.getEntry(folder + "/data/" + key);
        if (entry == null) {
            throw TensorFile.invalid(file, "the numbers 'data/" + key + "' are missing; fetch the file again");
        }
        try {
            return ByteBuffer.wrap(bytes(zip, entry)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw TensorFile.invalid(file, "the numbers 'data/" + key + "' can't be read: " + e.getMessage());
        }
    }

    private static byte[] bytes(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}
