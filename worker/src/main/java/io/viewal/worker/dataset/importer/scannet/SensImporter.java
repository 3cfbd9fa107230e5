package io.viewal.worker.dataset.importer.scannet;

import io.viewal.worker.dataset.importer.source.ForeignFrames;
import io.viewal.worker.dataset.importer.source.ForeignScene;
import io.viewal.worker.dataset.importer.source.SceneImporter;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import io.viewal.worker.dataset.importer.source.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * ScanNet as it is published: {@code <scene>.sens} files, alone, in a folder, or each in a folder of its own, with
 * {@code <scene>_2d-label-filt.zip} beside them. Colour files are kept as they are; depth keeps its numbers. The camera is
 * the depth camera's: ScanNet's colour shows the same field of view at another size.
 */
public final class SensImporter implements SceneImporter {

    private static final String EXTENSION = ".sens";
    private static final int DEPTH_OF_FOLDERS = 2;

    @Override
    public List<ForeignScene> scenes(Path source, SourceOptions options) throws IOException {
        List<Path> files = files(source);
        Optional<Path> table = options.labelTable().or(() -> tableBeside(source));
        Optional<RawLabels> labels = table.isPresent() ? Optional.of(RawLabels.read(table.get())) : Optional.empty();
        return files.stream()
                .map(file -> (ForeignScene) new Scan(file, table, labels))
                .toList();
    }

    private static List<Path> files(Path source) throws IOException {
        if (!Files.exists(source)) {
            throw SourceFault.invalid(source, "there is no such file or folder");
        }
        List<Path> files = SourceTree.files(source, DEPTH_OF_FOLDERS).stream()
                .filter(file -> file.getFileName().toString().endsWith(EXTENSION))
                .toList();
        if (files.isEmpty()) {
            throw SourceFault.invalid(
                    source,
                    "it holds no .sens file; expected <scene>.sens or <scene>/<scene>.sens in it"
                            + (ScanNetExport.scenes(source, Optional.empty()).isEmpty()
                                    ? "; " + SourceTree.holdings(source)
                                    : ". It holds exported frames: give --format scannet-frames (ScanNetFrames)"));
        }
        return files;
    }

    /** The table lies in the data set's main folder, above the folder of the scans. */
    static Optional<Path> tableBeside(Path source) {
        return Stream.iterate(source.toAbsolutePath(), folder -> folder != null, Path::getParent)
                .limit(3)
                .map(folder -> folder.resolve(RawLabels.FILE))
                .filter(Files::exists)
                .findFirst();
    }

    /** One file. */
    private record Scan(Path path, Optional<Path> table, Optional<RawLabels> labels) implements ForeignScene {

        @Override
        public String name() {
            String file = path.getFileName().toString();
            return file.substring(0, file.length() - EXTENSION.length());
        }

        @Override
        public List<Path> files() {
            return Stream.concat(
                            Stream.of(path),
                            Stream.concat(
                                    table.stream(),
                                    ScanNetLabels.files(path.toAbsolutePath().getParent(), name())))
                    .toList();
        }

        @Override
        public ForeignFrames open() throws IOException {
            SensFile file = new SensFile(path);
            ForeignFrames frames = null;
            try {
                SensHeader header = SensHeader.read(file);
                SameView.require(file, header.color(), header.depth());
                frames = new SensFrames(
                        file, header, ScanNetLabels.open(path.toAbsolutePath().getParent(), name(), labels));
                return frames;
            } finally {
                if (frames == null) {
                    file.close();
                }
            }
        }
    }
}
