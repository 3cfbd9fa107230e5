package io.viewal.worker.dataset.interchange;

import io.viewal.contract.StageFailure;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.PlainText;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.SafeName;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.SourceScenes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Scenes in the interchange form, see {@link TransformsParser}. Of each description that was read, its digest and the names
 * of its frames are kept, and all of the last one: so that preparing reads each description twice, when it looks at the data
 * set and when the scene's turn comes, and memory holds one.
 */
public final class TransformsScenes implements SourceScenes {

    private final SceneSource source;
    private final TransformsParser.Reading reading;
    private final Map<String, Look> looks = new TreeMap<>();
    private List<String> names;
    private String lastName;
    private SceneDescription last;

    /**
     * What is kept of a description.
     *
     * @param fault null: there is none
     * @param sha256 of its bytes
     * @param labeled which of the frames have a label map
     */
    private record Look(
            InvalidInputException fault, String sha256, List<String> classes, List<String> frames, BitSet labeled) {}

    /** Reads from anywhere. */
    public TransformsScenes(SceneSource source) {
        this(source, false, OptionalDouble.empty());
    }

    /**
     * Reads from anywhere.
     *
     * @param lenient frames whose description is broken are left out; else they are their scene's fault
     * @param metresADepthUnit in place of what the descriptions say; empty: as they say
     */
    public TransformsScenes(SceneSource source, boolean lenient, OptionalDouble metresADepthUnit) {
        this.source = source;
        this.reading = new TransformsParser.Reading(lenient, metresADepthUnit, Optional.empty());
    }

    @Override
    public List<String> names() throws IOException {
        if (names == null) {
            names = find();
        }
        return names;
    }

    private List<String> find() throws IOException {
        List<String> found = new ArrayList<>();
        for (String name : source.scenes()) {
            if (!SafeName.isSafe(name)) {
                throw new SourcePlace(source.uri(), name)
                        .invalid("rename the folder: letters, digits and . _ - alone, starting with a letter or digit");
            }
            if (look(name).isPresent()) {
                found.add(name);
            }
        }
        if (found.isEmpty()) {
            throw new InvalidInputException(
                    StageFailure.Reason.InvalidDataset,
                    source.uri() + " has no scene; expected folders that each hold a " + TransformsParser.FILE);
        }
        return found.stream().sorted().toList();
    }

    @Override
    public List<String> classes() throws IOException {
        String namedBy = null;
        List<String> classes = List.of();
        InvalidInputException fault = null;
        for (String scene : names()) {
            Look look = look(scene).orElseThrow();
            if (look.fault() != null && !reading.lenient()) {
                throw look.fault();
            }
            fault = fault == null ? look.fault() : fault;
            List<String> own = look.classes();
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
        if (namedBy == null && fault != null) {
            throw fault;
        }
        return classes;
    }

    @Override
    public SourceScene open(String name, ImageSize size, int classes) throws IOException {
        Look look = look(name)
                .orElseThrow(() -> new SourcePlace(source.uri(), name)
                        .file(TransformsParser.FILE)
                        .invalid("there is no such file"));
        if (look.fault() != null) {
            throw look.fault();
        }
        return new TransformsScene(
                source,
                new TransformsScene.Outline(name, described(look), look.frames(), look.labeled()),
                () -> description(name),
                size,
                classes);
    }

    /** A unit that is given makes other frames of the same description. */
    private String described(Look look) {
        OptionalDouble unit = reading.metresADepthUnit();
        return unit.isPresent() ? look.sha256() + " " + unit.getAsDouble() : look.sha256();
    }

    /** Empty when the folder holds no description. */
    private Optional<Look> look(String name) throws IOException {
        Look known = looks.get(name);
        if (known == null) {
            Optional<byte[]> json = json(name);
            if (json.isEmpty()) {
                return Optional.empty();
            }
            known = look(name, json.get());
            looks.put(name, known);
        }
        return Optional.of(known);
    }

    private Look look(String name, byte[] json) throws IOException {
        String sha256 = ContentDigest.sha256(json);
        try {
            SceneDescription description = parse(name, json);
            keep(name, description);
            List<FrameDescription> frames = description.frames();
            BitSet labeled = new BitSet(frames.size());
            for (int i = 0; i < frames.size(); i++) {
                labeled.set(i, frames.get(i).labelPath() != null);
            }
            return new Look(
                    null,
                    sha256,
                    description.classes(),
                    frames.stream().map(FrameDescription::name).toList(),
                    labeled);
        } catch (InvalidInputException e) {
            return new Look(e, sha256, List.of(), List.of(), new BitSet());
        }
    }

    /** A description, read again unless it is the last one. */
    private synchronized SceneDescription description(String name) throws IOException {
        if (!name.equals(lastName)) {
            byte[] json = json(name).orElseThrow(() -> changed(name));
            if (!ContentDigest.sha256(json).equals(looks.get(name).sha256())) {
                throw changed(name);
            }
            keep(name, parse(name, json));
        }
        return last;
    }

    private synchronized void keep(String name, SceneDescription description) {
        lastName = name;
        last = description;
    }

    private InvalidInputException changed(String name) {
        return new SourcePlace(source.uri(), name)
                .file(TransformsParser.FILE)
                .invalid("it changed while the data set was read: prepare it again when it is whole");
    }

    private SceneDescription parse(String scene, byte[] json) throws IOException {
        Optional<String> table = colorTable(scene);
        return TransformsParser.parse(
                new SourcePlace(source.uri(), scene), new ByteArrayInputStream(json), reading.with(table));
    }

    private Optional<String> colorTable(String scene) throws IOException {
        try (InputStream table = source.open(scene, LabelColors.FILE)) {
            return Optional.of(PlainText.of(LabelColors.FILE, table.readAllBytes()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> json(String scene) throws IOException {
        try (InputStream json = source.open(scene, TransformsParser.FILE)) {
            return Optional.of(json.readAllBytes());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
