package io.viewal.worker.dataset.interchange;

import io.viewal.contract.StageFailure;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.SafeName;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.SourceScenes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** Scenes in the interchange form, see {@link TransformsParser}. */
public final class TransformsScenes implements SourceScenes {

    private final SceneSource source;

    /** Reads from anywhere. */
    public TransformsScenes(SceneSource source) {
        this.source = source;
    }

    @Override
    public List<String> names() throws IOException {
        List<String> names = source.scenes();
        if (names.isEmpty()) {
            throw new InvalidInputException(
                    StageFailure.Reason.InvalidDataset,
                    source.uri() + " has no scene; expected folders that each hold a " + TransformsParser.FILE);
        }
        for (String name : names) {
            if (!SafeName.isSafe(name)) {
                throw new SourcePlace(source.uri(), name)
                        .invalid("rename the folder: letters, digits and . _ - alone, starting with a letter or digit");
            }
        }
        return names.stream().sorted().toList();
    }

    @Override
    public List<String> classes() throws IOException {
        String namedBy = null;
        List<String> classes = List.of();
        for (String scene : names()) {
            List<String> own = describe(scene).classes();
            if (namedBy != null && !own.isEmpty() && !own.equals(classes)) {
                throw new SourcePlace(source.uri(), scene)
                        .file(TransformsParser.FILE)
                        .invalid("its 'classes' differ from those of scene '" + namedBy
                                + "'; all scenes of a data set share one list");
            }
            if (!own.isEmpty()) {
                namedBy = scene;
                classes = own;
            }
        }
        return classes;
    }

    @Override
    public SourceScene open(String name, ImageSize size, int classes) throws IOException {
        byte[] json = json(name);
        SceneDescription description = parse(name, json);
        return new TransformsScene(source, name, ContentDigest.sha256(json), description, size, classes);
    }

    private SceneDescription describe(String scene) throws IOException {
        return parse(scene, json(scene));
    }

    private SceneDescription parse(String scene, byte[] json) throws IOException {
        return TransformsParser.parse(new SourcePlace(source.uri(), scene), new ByteArrayInputStream(json));
    }

    private byte[] json(String scene) throws IOException {
        try (InputStream json = source.open(scene, TransformsParser.FILE)) {
            return json.readAllBytes();
        } catch (NoSuchFileException e) {
            throw new SourcePlace(source.uri(), scene)
                    .file(TransformsParser.FILE)
                    .invalid("there is no such file", e);
        }
    }
}
