package io.viewal.worker.dataset.importer;

import io.viewal.contract.ContractJson;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.LeftOut;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.importer.ImportReport.SceneEntry;
import io.viewal.worker.dataset.importer.source.ForeignScene;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.interchange.DirectorySceneSource;
import io.viewal.worker.dataset.interchange.TransformsScenes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A scene that is imported when it is first asked for a frame. */
final class ImportedScene implements SourceScene {

    /** To be raised when an importer makes other frames of the same files. */
    private static final int VERSION = 2;

    private final ForeignScene foreign;
    private final ForeignSource source;
    private final Target target;
    private SourceScene imported;
    private List<LeftOut> leftOut;
    private InvalidInputException fault;

    /**
     * What a scene is to become.
     *
     * @param folder for scenes
     * @param size that frames are brought to
     * @param count number of classes
     * @param classes that the scene must have, where it names any; null: whichever
     * @param frameImported called after each frame
     */
    record Target(Path folder, ImageSize size, int count, List<String> classes, Runnable frameImported) {}

    ImportedScene(ForeignScene foreign, ForeignSource source, Target target) {
        this.foreign = foreign;
        this.source = source;
        this.target = target;
    }

    @Override
    public String name() {
        return foreign.name();
    }

    /** Imports nothing: equal files, options and choices make equal frames. */
    @Override
    public String digest() throws IOException {
        return ContractJson.sha256(ContractJson.toBytes(List.of(
                VERSION,
                source.format().toString(),
                source.options().camera().map(Object::toString).orElse(""),
                source.options().metresADepthUnit().orElse(0.0),
                source.options().yUp(),
                source.options().keepSuperpixels(),
                source.policy().every(),
                source.policy().most(),
                target.classes() == null ? List.of() : target.classes(),
                FileStamps.digest(source.path(), foreign.files()))));
    }

    @Override
    public List<String> frameNames() {
        return imported().frameNames();
    }

    @Override
    public boolean hasLabels(int frame) {
        return imported().hasLabels(frame);
    }

    @Override
    public SourceFrame read(int frame) throws IOException {
        return imported().read(frame);
    }

    @Override
    public List<LeftOut> leftOut() {
        imported();
        return leftOut;
    }

    private synchronized SourceScene imported() {
        if (fault != null) {
            throw fault;
        }
        if (imported == null) {
            try {
                imported = run();
            } catch (InvalidInputException e) {
                fault = in(name(), e);
                throw fault;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return imported;
    }

    private SourceScene run() throws IOException {
        close();
        SceneEntry entry =
                new SceneImport(foreign, source.policy(), target.frameImported(), Optional.empty()).run(folder());
        leftOut = entry.leftOut().stream()
                .map(left -> new LeftOut(left.frame() == null ? "" : left.frame(), left.reason()))
                .toList();
        TransformsScenes scenes = new TransformsScenes(new DirectorySceneSource(target.folder()));
        List<String> own = scenes.classes();
        if (target.classes() != null && !own.isEmpty() && !own.equals(target.classes())) {
            throw SourceFault.invalid("its classes " + own + " are others than those of the first scene, "
                    + target.classes() + ": all scenes of a data set share one list");
        }
        return scenes.open(name(), target.size(), target.count());
    }

    private Path folder() {
        return target.folder().resolve(name());
    }

    @Override
    public void close() throws IOException {
        imported = null;
        if (Files.exists(folder())) {
            try (Stream<Path> files = Files.walk(folder())) {
                for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The fault with the scene's name, unless it has it. */
    static InvalidInputException in(String scene, InvalidInputException fault) {
        String place = "Scene '" + scene + "'";
        return fault.getMessage().startsWith(place)
                ? fault
                : new InvalidInputException(fault.reason(), place + ": " + fault.getMessage(), fault);
    }
}
