package io.viewal.worker.model.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.viewal.contract.ContractJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The safetensors format: the length of a header as a 64-bit number, the header as JSON, the numbers; all little-endian.
 * Equal contents are written as equal bytes.
 */
public final class Safetensors {

    private static final String METADATA = "__metadata__";
    private static final int ALIGNMENT = 8;
    private static final long MAX_HEADER = 100L << 20;

    private Safetensors() {}

    /** Writes float32 tensors, overwriting the file. */
    public static void write(Path file, TensorFile content) throws IOException {
        ObjectNode header = ContractJson.mapper().createObjectNode();
        ObjectNode metadata = header.putObject(METADATA);
        content.metadata().forEach(metadata::put);
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : content.tensors().entrySet()) {
            Tensor tensor = entry.getValue();
            ObjectNode node = header.putObject(entry.getKey());
            node.put("dtype", NumberFormat.F32.name());
            node.set("shape", ContractJson.mapper().valueToTree(tensor.shape()));
            long end = offset + (long) Float.BYTES * tensor.values().length;
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer start = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        start.putLong(padded).put(json);
        while (start.hasRemaining()) {
            start.put((byte) ' ');
        }
        try (OutputStream out = Files.newOutputStream(file);
                WritableByteChannel channel = Channels.newChannel(out)) {
            out.write(start.array());
            for (Tensor tensor : content.tensors().values()) {
                writeNumbers(channel, tensor.values());
            }
        }
    }

    private static void writeNumbers(WritableByteChannel channel, float[] values) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        while (data.hasRemaining()) {
            channel.write(data);
        }
    }

    /**
     * Reads tensors of any format of {@link NumberFormat}.
     *
     * @throws io.viewal.worker.InvalidInputException InvalidWeights, when the file is not safetensors or truncated
     */
    public static TensorFile read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < Long.BYTES) {
                throw TensorFile.invalid(file, size + " bytes are neither safetensors nor a PyTorch archive");
            }
            ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, Math.min(size, Integer.MAX_VALUE));
            mapped.order(ByteOrder.LITTLE_ENDIAN);
            long headerBytes = mapped.getLong(0);
            if (headerBytes <= 0 || headerBytes > Math.min(MAX_HEADER, size - Long.BYTES)) {
                throw TensorFile.invalid(
                        file, "neither safetensors nor a PyTorch archive, or truncated; export the state dict again");
            }
            byte[] json = new byte[(int) headerBytes];
            mapped.get(Long.BYTES, json);
            int dataStart = Long.BYTES + json.length;
            return parse(file, json, mapped.slice(dataStart, mapped.limit() - dataStart));
        }
    }

    private static TensorFile parse(Path file, byte[] json, ByteBuffer data) throws IOException {
        JsonNode header;
        try {
            header = ContractJson.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw TensorFile.invalid(file, "its header is not JSON; export the state dict as safetensors again");
        }
        if (!header.isObject()) {
            throw TensorFile.invalid(file, "its header is not a JSON object; export the state dict again");
        }
        data.order(ByteOrder.LITTLE_ENDIAN);
        SortedMap<String, String> metadata = new TreeMap<>();
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : header.properties()) {
            if (field.getKey().equals(METADATA)) {
                field.getValue()
                        .properties()
                        .forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
            } else {
                tensors.put(field.getKey(), tensor(file, field.getKey(), field.getValue(), data));
            }
        }
        return new TensorFile(metadata, tensors);
    }

    private static Tensor tensor(Path file, String name, JsonNode node, ByteBuffer data) {
        String dtype = node.path("dtype").asText();
        NumberFormat format = NumberFormat.ofDtype(dtype)
                .orElseThrow(() -> TensorFile.invalid(
                        file,
                        "tensor '" + name + "' has the number format '" + dtype + "', expected one of "
                                + NumberFormat.names()));
        JsonNode dimensions = node.path("shape");
        long[] shape = new long[dimensions.size()];
        long count = 1;
        for (int i = 0; i < shape.length; i++) {
            shape[i] = dimensions.get(i).asLong(-1);
            boolean sane = count >= 0 && count <= Integer.MAX_VALUE && shape[i] >= 0 && shape[i] <= Integer.MAX_VALUE;
            count = sane ? count * shape[i] : -1;
        }
        long begin = node.path("data_offsets").path(0).asLong(-1);
        long end = node.path("data_offsets").path(1).asLong(-1);
        if (begin < 0 || count < 0 || end - begin != count * format.bytes() || end > data.limit()) {
            throw TensorFile.invalid(
                    file, "tensor '" + name + "' lies outside of the file, which is truncated; fetch it again");
        }
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = format.get(data, (int) begin + i * format.bytes());
        }
        return new Tensor(shape, values);
    }
}
