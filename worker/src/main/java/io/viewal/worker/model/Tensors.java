package io.viewal.worker.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.viewal.worker.model.weights.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** Between the engine's arrays and plain ones. */
final class Tensors {

    private Tensors() {}

    /** Copies an array out of the engine, as float32. */
    static Tensor plain(NDArray array) {
        return new Tensor(
                array.getShape().getShape(),
                array.toType(DataType.FLOAT32, false).toFloatArray());
    }

    /** Copies named arrays out of the engine. */
    static Map<String, Tensor> plain(Map<String, NDArray> arrays) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        arrays.forEach((name, array) -> tensors.put(name, plain(array)));
        return tensors;
    }

    /** Overwrites an array in place. */
    static void copy(Tensor tensor, NDArray target) {
        try (NDManager manager = target.getManager().newSubManager()) {
            manager.create(tensor.values(), new Shape(tensor.shape()))
                    .toType(target.getDataType(), false)
                    .copyTo(target);
        }
    }
}
