package io.viewal.worker.model.weights;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** What {@code torch.save} writes since PyTorch 1.6: a zip of a pickle and the numbers that it refers to. */
final class PytorchArchive {

    private static final String PICKLE = "/data.pkl";

    private PytorchArchive() {}

    static TensorFile read(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry pickle = zip.stream()
                    .filter(entry -> entry.getName().endsWith(PICKLE))
                    .findFirst()
                    .orElseThrow(() -> TensorFile.invalid(file, "a zip without data.pkl, which torch.save writes"));
            String folder = pickle.getName().substring(0, pickle.getName().length() - PICKLE.length());
            check(file, zip, folder);
            byte[] bytes = bytes(zip, pickle);
            return PickledTensors.guarded(
                    file,
                    () -> PickledTensors.collect(
                            file,
                            new TensorUnpickler().load(new ByteArrayInputStream(bytes)),
                            key -> storage(file, zip, folder, key)));
        } catch (ZipException e) {
            throw TensorFile.invalid(file, "the archive is truncated (" + e.getMessage() + "); fetch it again");
        }
    }

    private static void check(Path file, ZipFile zip, String folder) throws IOException {
        if (zip.getEntry(folder + "/constants.pkl") != null) {
            throw TensorFile.invalid(file, "a TorchScript program, expected tensors; save model.state_dict()");
        }
        ZipEntry order = zip.getEntry(folder + "/byteorder");
        if (order != null && !new String(bytes(zip, order), StandardCharsets.US_ASCII).equals("little")) {
            throw TensorFile.invalid(
                    file, "its numbers are big-endian, expected little-endian; save it as safetensors");
        }
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
