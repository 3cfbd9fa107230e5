package io.viewal.worker.dataset.importer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.viewal.contract.ContractJson;
import io.viewal.contract.StageFailure;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The options that make a scene what it becomes. They are kept beside its {@code transforms.json}, so that an import goes on
 * with the same ones alone. {@code --on-error} is none of them: a scene that is there was whole, or names what it lacks.
 *
 * @param options values by option; files by their SHA-256
 */
record ImportedWith(SortedMap<String, String> options) {

    /** Their file, in the scene's folder. */
    static final String FILE = "import-options.json";

    static ImportedWith of(ForeignSource source) throws IOException {
        SourceOptions given = source.options();
        SortedMap<String, String> options = new TreeMap<>();
        options.put("--format", source.format().toString());
        options.put("--every", String.valueOf(source.policy().every()));
        if (source.policy().most() < Integer.MAX_VALUE) {
            options.put("--most", String.valueOf(source.policy().most()));
        }
        given.camera().ifPresent(camera -> options.put("--camera", camera + (given.yUp() ? ", y up" : "")));
        given.metresADepthUnit().ifPresent(metres -> options.put("--depth-scale", metres.toString()));
        if (given.labelTable().isPresent()) {
            options.put("--label-table", sha256(given.labelTable().get()));
        }
        if (given.labelColors().isPresent()) {
            options.put("--label-colors", sha256(given.labelColors().get()));
        }
        if (!given.keepSuperpixels()) {
            options.put("--no-superpixels", "given");
        }
        return new ImportedWith(options);
    }

    private static String sha256(Path file) throws IOException {
        return ContractJson.sha256(Files.readAllBytes(file));
    }

    /** The content of their file. */
    byte[] toBytes() {
        return ContractJson.toBytes(options);
    }

    /**
     * Compares with those that a scene was imported with.
     *
     * @throws InvalidInputException when one differs, or they are not known; names it
     */
    void requireSame(Path scene) throws IOException {
        Path file = scene.resolve(FILE);
        if (!Files.exists(file)) {
            throw refused(scene, "nothing says with which options it was imported");
        }
        Map<String, String> before = read(scene, file);
        SortedMap<String, String> all = new TreeMap<>(before);
        all.putAll(options);
        for (String option : all.keySet()) {
            String one = before.getOrDefault(option, "not given");
            String other = options.getOrDefault(option, "not given");
            if (!one.equals(other)) {
                throw refused(
                        scene, "it was imported with other options: " + option + " was " + one + " and is " + other);
            }
        }
    }

    private static Map<String, String> read(Path scene, Path file) throws IOException {
        try {
            return ContractJson.mapper().readValue(file.toFile(), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw refused(scene, FILE + " is not what an import wrote");
        }
    }

    private static InvalidInputException refused(Path scene, String why) {
        return new InvalidInputException(
                StageFailure.Reason.InvalidRequest,
                scene + " can't be resumed: " + why
                        + ". Give the same options, remove that scene, or give another --out");
    }
}
