package io.viewal.worker.model.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.function.Function;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Reads pickles of tensors and nothing else. A pickle names functions that the reader is to call; here only the few
 * that make tensors are known, and any other name ends the reading.
 */
final class TensorUnpickler extends Unpickler {

    private final Function<String, ByteBuffer> storages;

    /** @param storages the little-endian numbers by their key */
    TensorUnpickler(Function<String, ByteBuffer> storages) {
        this.storages = storages;
    }

    @Override
    protected Object dispatch(short key) throws IOException {
        switch (key) {
            case Opcodes.GLOBAL -> stack.add(constructor(PickleUtils.readline(input), PickleUtils.readline(input)));
            case Opcodes.STACK_GLOBAL -> {
                String name = (String) stack.pop();
                stack.add(constructor((String) stack.pop(), name));
            }
            case Opcodes.INST, Opcodes.OBJ, Opcodes.EXT1, Opcodes.EXT2, Opcodes.EXT4 ->
                throw new PickleException("it makes objects, where only tensors are read");
            default -> {
                return super.dispatch(key);
            }
        }
        return NO_RETURN_VALUE;
    }

    @Override
    protected Object persistentLoad(Object id) {
        Object[] parts = (Object[]) id;
        if (parts.length < 3 || !"storage".equals(parts[0]) || !(parts[1] instanceof StorageType type)) {
            throw new PickleException("it refers to something that is not a tensor's numbers");
        }
        return new Storage(type.format(), storages.apply((String) parts[2]));
    }

    private static IObjectConstructor constructor(String module, String name) {
        String full = module + "." + name;
        return switch (full) {
            case "collections.OrderedDict" -> arguments -> new Attributed();
            case "torch._utils._rebuild_tensor_v2" -> TensorUnpickler::tensor;
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
    private static Tensor tensor(Object[] arguments) {
        Storage storage = (Storage) arguments[0];
        long offset = ((Number) arguments[1]).longValue();
        long[] size = longs(arguments[2]);
        long[] stride = longs(arguments[3]);
        int count = 1;
        for (long dimension : size) {
            count = Math.toIntExact(Math.multiplyExact(count, dimension));
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            long at = offset;
            int rest = i;
            for (int d = size.length - 1; d >= 0; d--) {
                at += rest % size[d] * stride[d];
                rest /= (int) size[d];
            }
            values[i] = storage.format()
                    .get(storage.data(), Math.toIntExact(at * storage.format().bytes()));
        }
        return new Tensor(size, values);
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
    private record Storage(NumberFormat format, ByteBuffer data) {}

    /** What a name like {@code torch.FloatStorage} stands for; it is only passed on, never called. */
    private record StorageType(NumberFormat format) implements IObjectConstructor {
        @Override
        public Object construct(Object[] arguments) {
            throw new PickleException("it calls a storage type, which no state dict does");
        }
    }

    /** A dict with attributes, such as the version numbers of a state dict, which are dropped. */
    public static final class Attributed extends LinkedHashMap<Object, Object> {
        private static final long serialVersionUID = 1;

        /** Called by the pickle reader, by its name. */
        public void __setstate__(HashMap<String, Object> attributes) {
            // Version numbers of modules: of no use here.
        }
    }
}
