package io.viewal.worker.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code .pth} files come from {@code src/test/python/weight_files.py}. */
class WeightFilesTest {

    @TempDir
    Path folder;

    @Test
    void readsTheTensorsOfAPytorchArchive() throws IOException {
        SortedMap<String, Tensor> tensors =
                TensorFile.read(resource("tensors.pth")).tensors();

        assertThat(tensors.get("ramp").shape()).containsExactly(2, 3, 4);
        assertThat(tensors.get("ramp").values()[23]).isEqualTo(23 / 8f);
        assertThat(tensors.get("row").values())
                .containsExactly(16 / 8f, 17 / 8f, 18 / 8f, 19 / 8f, 20 / 8f, 21 / 8f, 22 / 8f, 23 / 8f);
        assertThat(tensors.get("transposed").shape()).containsExactly(4, 3, 2);
        assertThat(tensors.get("transposed").values()).startsWith(0, 12 / 8f, 4 / 8f, 16 / 8f);
        assertThat(tensors.get("half").values()).containsExactly(0.5f, -1.5f);
        assertThat(tensors.get("bfloat").values()).containsExactly(0.5f, -1.5f);
        assertThat(tensors.get("double").shape()).isEmpty();
        assertThat(tensors.get("double").values()).containsExactly(2.25f);
        assertThat(tensors.get("parameter").values()).containsExactly(3);
        assertThat(tensors.get("num_batches_tracked").values()).containsExactly(7);
    }

    @Test
    void findsTheStateDictInsideATrainingCheckpoint() throws IOException {
        assertThat(TensorFile.read(resource("nested.pth")).tensors()).containsOnlyKeys("row");
    }

    @Test
    void refusesPicklesThatCallFunctions() throws IOException {
        Path malicious = resource("malicious.pth");

        assertInvalid(malicious, "posix.system");
        assertThat(Path.of("/tmp/a-pickle-ran-this")).doesNotExist();
    }

    @Test
    void refusesTruncatedArchives() throws IOException {
        byte[] whole = Files.readAllBytes(resource("tensors.pth"));
        Path cut = folder.resolve("cut.pth");
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));

        assertInvalid(cut, "truncated");
    }

    @Test
    void writesWhatItReadsAndAlwaysTheSameBytes() throws IOException {
        TensorFile content = TensorFile.of(
                Map.of("made by", "a \"test\""),
                Map.of(
                        "b", new Tensor(new long[] {2, 1}, new float[] {1, -2}),
                        "a", new Tensor(new long[0], new float[] {0.1f})));
        Path first = folder.resolve("first.safetensors");
        Path second = folder.resolve("second.safetensors");
        Safetensors.write(first, content);
        TensorFile read = TensorFile.read(first);
        Safetensors.write(second, read);

        assertThat(read.metadata()).isEqualTo(content.metadata());
        assertThat(read.tensors()).containsOnlyKeys("a", "b");
        assertThat(read.tensors().get("a").shape()).isEmpty();
        assertThat(read.tensors().get("b").values()).containsExactly(1, -2);
        assertThat(Files.readAllBytes(second)).isEqualTo(Files.readAllBytes(first));
    }

    @Test
    void refusesSafetensorsCutAnywhere() throws IOException {
        Path file = folder.resolve("whole.safetensors");
        Safetensors.write(file, TensorFile.of(Map.of(), Map.of("a", new Tensor(new long[] {40}, new float[40]))));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Path cut = folder.resolve("cut.safetensors");
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> TensorFile.read(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void refusesFilesThatAreNoWeights() throws IOException {
        Path text = folder.resolve("notes.txt");
        Files.writeString(text, "These are my notes, and no weights at all.");

        assertInvalid(text, "neither safetensors nor a PyTorch archive");
    }

    @Test
    void refusesTensorsOfUnknownFormatAndOffsetsOutsideOfTheFile() throws IOException {
        assertInvalid(safetensors("{\"a\":{\"dtype\":\"F8\",\"shape\":[1],\"data_offsets\":[0,1]}}"), "'F8'");
        assertInvalid(safetensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[96,100]}}"), "outside");
        assertInvalid(safetensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}"), "outside");
        assertInvalid(
                safetensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,4]}}"),
                "outside");
        assertInvalid(safetensors("{\"a\":"), "not JSON");
        assertInvalid(safetensors("[1]   "), "not a JSON object");
    }

    private Path safetensors(String header) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + 16).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);
        return Files.write(folder.resolve("made.safetensors"), file.array());
    }

    private Path resource(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = WeightFilesTest.class.getResourceAsStream("/weights/" + name)) {
            Files.copy(in, file);
        }
        return file;
    }

    private static void assertInvalid(Path file, String message) {
        assertThatThrownBy(() -> TensorFile.read(file))
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.reason()).isEqualTo(Reason.InvalidWeights))
                .hasMessageContaining(file.getFileName().toString())
                .hasMessageContaining(message);
    }
}
