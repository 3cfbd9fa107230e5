package io.viewal.worker.model.weights;

import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.razorvine.pickle.PickleException;

/**
 * The tensors of what a {@code torch.save} pickled: a state dict, or a training checkpoint with state dicts in it, whose
 * names are then joined by dots, as in {@code state_dict.features.0.0.weight}.
 */
final class PickledTensors {

    private final Path file;
    private final Storages storages;
    private final Map<String, ByteBuffer> read = new HashMap<>();
    private final SortedMap<String, Tensor> tensors = new TreeMap<>();

    private PickledTensors(Path file, Storages storages) {
        this.file = file;
        this.storages = storages;
    }

    /** Where the numbers are. */
    @FunctionalInterface
    interface Storages {
        /** All numbers of a storage, little-endian. */
        ByteBuffer read(String key);
    }

    /** A reading of a pickle. */
    @FunctionalInterface
    interface Reading {
        TensorFile read() throws IOException;
    }

    /**
     * Says in a sentence what a foreign or damaged pickle did to its reader.
     *
     * @param reading of bytes in memory: it can meet their end, but no failing disk
     * @throws InvalidInputException InvalidWeights, for whatever went wrong
     */
    static TensorFile guarded(Path file, Reading reading) {
        try {
            return reading.read();
        } catch (InvalidInputException e) {
            throw e;
        } catch (IOException e) {
            throw TensorFile.invalid(file, "it is truncated (" + e.getMessage() + "); fetch it again");
        } catch (PickleException e) {
            throw TensorFile.invalid(file, "not a state dict: " + e.getMessage());
        } catch (RuntimeException e) {
            // Whatever a broken pickle makes of the reader: wrong types, stacks, sizes.
            throw TensorFile.invalid(file, "it is damaged (" + e.getMessage() + "); fetch it again");
        }
    }

    /** All tensors below names. Values that are none, and lists, as of an optimizer's state, are passed over. */
    static TensorFile collect(Path file, Object root, Storages storages) {
        PickledTensors collected = new PickledTensors(file, storages);
        collected.add("", root);
        if (collected.tensors.isEmpty()) {
            throw TensorFile.invalid(file, "no tensors; save model.state_dict() with torch.save");
        }
        return new TensorFile(new TreeMap<>(), collected.tensors);
    }

    private void add(String name, Object value) {
        if (value instanceof TensorView view) {
            tensors.put(name, tensor(name, view));
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (entry.getKey() instanceof String key) {
                    add(name.isEmpty() ? key : name + "." + key, entry.getValue());
                }
            }
        }
    }

    private Tensor tensor(String name, TensorView view) {
        ByteBuffer data = read.computeIfAbsent(view.storage(), storages::read);
        try {
            return view.read(data);
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw TensorFile.invalid(
                    file, "tensor '" + name + "' lies outside of its numbers; the file is damaged, fetch it again");
        }
    }
}
