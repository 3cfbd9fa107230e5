package io.viewal.worker.dataset.prepare;

import io.viewal.contract.ContractJson;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.LeftOut;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.SourceScenes;
import io.viewal.worker.dataset.VoidLabel;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Scenes whose classes are merged, renamed or made void, by name. */
public final class MappedScenes implements SourceScenes {

    /** What a class is mapped to that is not to be learned. */
    public static final String VOID = "void";

    private final SourceScenes source;
    private final List<String> classes;
    private final byte[] ids;
    private final int sourceClasses;

    private MappedScenes(SourceScenes source, List<String> classes, byte[] ids, int sourceClasses) {
        this.source = source;
        this.classes = classes;
        this.ids = ids;
        this.sourceClasses = sourceClasses;
    }

    /**
     * Maps classes; the source itself when there is no mapping.
     *
     * @param classes names in id order, as they are to be
     * @param mapping the source's names to these, or to {@value #VOID}; a name that is among them needs no entry
     * @throws InvalidInputException when a class of the source is left without a target, or a name is unknown
     */
    public static SourceScenes of(SourceScenes source, List<String> classes, Map<String, String> mapping)
            throws IOException {
        if (mapping.isEmpty()) {
            return source;
        }
        List<String> known = source.classes();
        if (known.isEmpty() || classes.isEmpty()) {
            throw invalid("labelMapping maps the source's class names to those of 'classes': "
                    + (classes.isEmpty()
                            ? "give 'classes'"
                            : "the source names none, give each transforms.json 'classes'"));
        }
        mapping.forEach((from, to) -> {
            if (!known.contains(from)) {
                throw invalid("labelMapping names the class '" + from
                        + "', which the source does not have: expected some of " + known);
            }
            if (!classes.contains(to) && !VOID.equals(to)) {
                throw invalid("labelMapping maps '" + from + "' to '" + to + "': expected '" + VOID + "' or one of "
                        + classes);
            }
        });
        byte[] ids = new byte[VoidLabel.ID + 1];
        Arrays.fill(ids, (byte) VoidLabel.ID);
        for (int id = 0; id < known.size(); id++) {
            String name = known.get(id);
            String target = mapping.getOrDefault(name, name);
            if (!VOID.equals(target) && !classes.contains(target)) {
                throw invalid("The source has the class '" + name
                        + "', which is not among 'classes': add it there, or map it by" + " labelMapping, to '" + VOID
                        + "' for example");
            }
            ids[id] = VOID.equals(target) ? (byte) VoidLabel.ID : (byte) classes.indexOf(target);
        }
        return new MappedScenes(source, classes, ids, known.size());
    }

    private static InvalidInputException invalid(String message) {
        return new InvalidInputException(Reason.InvalidDataset, message);
    }

    @Override
    public List<String> names() throws IOException {
        return source.names();
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public boolean knowsFrames() {
        return source.knowsFrames();
    }

    @Override
    public SourceScene open(String name, ImageSize size, int mapped) throws IOException {
        return new Mapped(source.open(name, size, sourceClasses), ids);
    }

    private record Mapped(SourceScene scene, byte[] ids) implements SourceScene {

        @Override
        public String name() {
            return scene.name();
        }

        @Override
        public List<String> frameNames() {
            return scene.frameNames();
        }

        @Override
        public boolean hasLabels(int frame) {
            return scene.hasLabels(frame);
        }

        @Override
        public String digest() throws IOException {
            return ContractJson.sha256(
                    ContractJson.toBytes(List.of(scene.digest(), HexFormat.of().formatHex(ids))));
        }

        @Override
        public List<LeftOut> leftOut() {
            return scene.leftOut();
        }

        @Override
        public void close() throws IOException {
            scene.close();
        }

        @Override
        public SourceFrame read(int frame) throws IOException {
            SourceFrame read = scene.read(frame);
            if (read.labels() == null) {
                return read;
            }
            byte[] labels = new byte[read.labels().length];
            for (int p = 0; p < labels.length; p++) {
                labels[p] = ids[Byte.toUnsignedInt(read.labels()[p])];
            }
            return new SourceFrame(read.frame(), read.color(), read.depth(), labels, read.superpixels());
        }
    }
}
