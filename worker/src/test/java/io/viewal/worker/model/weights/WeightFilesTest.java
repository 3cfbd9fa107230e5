package io.viewal.worker.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The {@code .pth} files come from {@code src/test/python/weight_files.py}. */
class WeightFilesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tensors.pth", "legacy.pth"})
    void readsTheTensorsThatPytorchSavesTodayAndSavedBeforeVersion16(String name) throws IOException {
        SortedMap<String, Tensor> tensors = TensorFile.read(resource(name)).tensors();

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
    void namesTheTensorsOfATrainingCheckpointByTheirPlacesAndPassesItsOptionsOver() throws IOException {
        assertThat(TensorFile.read(resource("nested.pth")).tensors()).containsOnlyKeys("state_dict.row");
        SortedMap<String, Tensor> tensors =
                TensorFile.read(resource("checkpoint.pth")).tensors();

        assertThat(tensors)
                .containsOnlyKeys(
                        "model_ema.module.bias",
                        "model_ema.module.weight",
                        "model_ema.n_averaged",
                        "model_state.bias",
                        "model_state.weight");
        assertThat(tensors.get("model_ema.module.weight").values()).containsExactly(1, 2);
        assertThat(tensors.get("model_state.weight").values())
                .containsExactly(Float.float16ToFloat(Float.floatToFloat16(0.999f)), 2 - 1f / 1024);
    }

    @ParameterizedTest
    @ValueSource(strings = {"malicious.pth", "malicious-legacy.pth"})
    void refusesPicklesThatCallFunctions(String name) throws IOException {
        Path malicious = resource(name);

        assertInvalid(malicious, "posix.system");
        assertThat(Path.of("/tmp/a-pickle-ran-this")).doesNotExist();
    }

    @Test
    void refusesWholeModulesSayingWhatToSave() throws IOException {
        assertInvalid(resource("module.pth"), "'torch.nn.modules.linear.Linear'", "model.state_dict()");
    }

    @Test
    void refusesTruncatedArchives() throws IOException {
        byte[] whole = Files.readAllBytes(resource("tensors.pth"));
        Path cut = folder.resolve("cut.pth");
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));

        assertInvalid(cut, "truncated");
    }

    @Test
    void refusesLegacyFilesCutAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(resource("legacy.pth"));
        for (int length = 0; length < whole.length; length++) {
            Path cut = folder.resolve("cut.pth");
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> TensorFile.read(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void saysWhatElseWasFetchedInTheWeightsPlace() throws IOException {
        assertInvalid(made("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n"), "git lfs pull");
        assertInvalid(made("\n<!DOCTYPE html><html><body>Sign in"), "web page");
        assertInvalid(made("<html>"), "web page");
        assertInvalid(made(""), "empty");
        assertInvalid(made("PK but no zip"), "truncated");
        assertInvalid(made("\u0080\u0002K\u0001."), "a pickle that torch.save did not write");
        assertInvalid(made("\u0089HDF\r\n"), "HDF5");
        assertInvalid(made("\u0093NUMPY"), "NumPy");
        Path compressed = folder.resolve("weights.pth.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
            out.write(0);
        }
        assertInvalid(compressed, "gunzip");
    }

    /** A length of 0x…80 is what pickles begin with. */
    @Test
    void readsSafetensorsWhoseHeaderHasAPicklesFirstBytes() throws IOException {
        String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
        for (int length : new int[] {0x280, 0x10480}) {
            Path file = safetensors(header + " ".repeat(length - header.length()));

            assertThat(TensorFile.read(file).tensors()).containsOnlyKeys("a");
        }
    }

    @Test
    void readsSafetensorsOfEveryFormat() throws IOException {
        ByteBuffer numbers = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        numbers.putShort(0, Float.floatToFloat16(-1.5f));
        numbers.putShort(2, (short) (Float.floatToRawIntBits(-1.5f) >>> 16));
        numbers.putDouble(8, 0.1);
        String header = "{\"half\":{\"dtype\":\"F16\",\"shape\":[],\"data_offsets\":[0,2]},"
                + "\"bfloat\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[2,4]},"
                + "\"double\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[8,16]}}";
        SortedMap<String, Tensor> tensors =
                TensorFile.read(safetensors(header, numbers.array())).tensors();

        assertThat(tensors.get("half").values()).containsExactly(-1.5f);
        assertThat(tensors.get("bfloat").values()).containsExactly(-1.5f);
        assertThat(tensors.get("double").values()).containsExactly(0.1f);
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

    /** A file of these bytes, by the numbers of the characters. */
    private Path made(String content) throws IOException {
        return Files.write(folder.resolve("made.pth"), content.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Path safetensors(String header) throws IOException {
        return safetensors(header, new byte[16]);
    }

    private Path safetensors(String header, byte[] numbers) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json).put(numbers);
        return Files.write(folder.resolve("made.safetensors"), file.array());
    }

    private Path resource(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = WeightFilesTest.class.getResourceAsStream("/weights/" + name)) {
            Files.copy(in, file);
        }
        return file;
    }

    private static void assertInvalid(Path file, String... messages) {
        assertThatThrownBy(() -> TensorFile.read(file))
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.reason()).isEqualTo(Reason.InvalidWeights))
                .hasMessageContaining(file.getFileName().toString())
                .hasMessageContainingAll(messages);
    }
}
