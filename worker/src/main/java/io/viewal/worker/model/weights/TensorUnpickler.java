package io.viewal.worker.model.weights;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Reads pickles of tensors and nothing else. A pickle names functions that the reader is to call; here only the few
 * that make tensors are known, values that training scripts keep beside them are passed over, and any other name ends
 * the reading. Tensors come as {@link TensorView}. For one pickle.
 */
final class TensorUnpickler extends Unpickler {

    /** Values beside the weights of a training checkpoint, such as its options: they become nothing. */
    private static final Set<String> PASSED_OVER = Set.of(
            "argparse.Namespace",
            "types.SimpleNamespace",
            "collections.Counter",
            "collections.defaultdict",
            "pathlib.PosixPath",
            "pathlib.WindowsPath",
            "pathlib.PurePosixPath",
            "pathlib.PureWindowsPath",
            "datetime.datetime",
            "datetime.timedelta",
            "_codecs.encode",
            "numpy.dtype",
            "numpy.core.multiarray.scalar",
            "numpy._core.multiarray.scalar",
            "torch.Size",
            "torch.device",
            "torch.float16",
            "torch.bfloat16",
            "torch.float32",
            "torch.float64",
            "builtins.set",
            "__builtin__.set");

    private final Map<String, NumberFormat> storages = new HashMap<>();

    /** Formats of the storages that the pickle refers to, by their keys. */
    Map<String, NumberFormat> storages() {
        return Collections.unmodifiableMap(storages);
    }

    @Override
    protected Object dispatch(short key) throws IOException {
        switch (key) {
            case Opcodes.GLOBAL -> stack.add(constructor(PickleUtils.readline(input), PickleUtils.readline(input)));
            case Opcodes.STACK_GLOBAL -> {
                String name = (String) stack.pop();
                stack.add(constructor((String) stack.pop(), name));
            }
            // Attributes, such as the version numbers of a state dict, are of no use here.
            case Opcodes.BUILD -> stack.pop();
            case Opcodes.INST, Opcodes.OBJ, Opcodes.EXT1, Opcodes.EXT2, Opcodes.EXT4 ->
                throw new PickleException("it makes objects, where only tensors are read");
            default -> {
                return super.dispatch(key);
            }
        }
        return NO_RETURN_VALUE;
    }

    /** The id: "storage", type, key, device, count, and in old files a part of the storage. */
    @Override
    protected Object persistentLoad(Object id) {
        if (!(id instanceof Object[] parts)
                || parts.length < 3
                || !"storage".equals(parts[0])
                || !(parts[1] instanceof StorageType type)
                || (parts.length > 5 && parts[5] != null)) {
            throw new PickleException("it refers to something that is not a tensor's numbers");
        }
        Storage storage = new Storage(parts[2].toString(), type.format());
        storages.put(storage.key(), storage.format());
        return storage;
    }

    private static IObjectConstructor constructor(String module, String name) {
        String full = module + "." + name;
        if (PASSED_OVER.contains(full)) {
            return arguments -> new LinkedHashMap<>();
        }
        return switch (full) {
            case "collections.OrderedDict" -> arguments -> new LinkedHashMap<>();
            case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" -> TensorUnpickler::tensor;
            case "torch._utils._rebuild_parameter" -> arguments -> arguments[0];
            default -> {
                if (!module.equals("torch")) {
                    throw refused(full);
                }
                yield new StorageType(NumberFormat.ofStorage(name).orElseThrow(() -> refused(full)));
            }
        };
    }

    private static PickleException refused(String name) {
        return new PickleException(
                "it calls '" + name + "', and only tensors are read; save model.state_dict() alone, as float32");
    }

    /** Arguments: storage, offset, size, stride, requires_grad, hooks. */
    private static TensorView tensor(Object[] arguments) {
        Storage storage = (Storage) arguments[0];
        return new TensorView(
                storage.key(),
                storage.format(),
                ((Number) arguments[1]).longValue(),
                longs(arguments[2]),
                longs(arguments[3]));
    }

    private static long[] longs(Object tuple) {
        Object[] items = (Object[]) tuple;
        long[] values = new long[items.length];
        for (int i = 0; i < items.length; i++) {
            values[i] = ((Number) items[i]).longValue();
        }
        return values;
    }

    /** Numbers that tensors are views of. */
    private record Storage(String key, NumberFormat format) {}

    /** What a name like {@code torch.FloatStorage} stands for; it is only passed on, never called. */
    private record StorageType(NumberFormat format) implements IObjectConstructor {
        @Override
        public Object construct(Object[] arguments) {
            throw new PickleException("it calls a storage type, which no state dict does");
        }
    }
}
