package io.viewal.worker.dataset.importer.scannet;

import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import io.viewal.worker.dataset.importer.source.SourceImages;
import io.viewal.worker.dataset.interchange.IntegerImage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The 2-D label maps of a scan: {@code <scene>_2d-label-filt.zip} or {@code -label.zip}, or their folder unpacked beside
 * the {@code .sens} file, with a 16-bit map of raw ids a frame, {@code <number>.png}.
 */
final class ScanNetLabels implements Closeable {

    private static final List<String> FOLDERS = List.of("label-filt", "label");

    private final SourceFiles files;
    private final String folder;
    private final RawLabels table;

    private ScanNetLabels(SourceFiles files, String folder, RawLabels table) {
        this.files = files;
        this.folder = folder;
        this.table = table;
    }

    /** The archives or folders that a scan's label maps may be read from, as far as there are any. */
    static Stream<Path> files(Path scanFolder, String scene) {
        return FOLDERS.stream()
                .flatMap(folder ->
                        Stream.of(scanFolder.resolve(scene + "_2d-" + folder + ".zip"), scanFolder.resolve(folder)))
                .filter(Files::exists);
    }

    /**
     * Finds a scan's label maps.
     *
     * @param table that maps raw ids; needed where there are label maps
     */
    static ScanNetLabels open(Path scanFolder, String scene, Optional<RawLabels> table) throws IOException {
        for (String folder : FOLDERS) {
            Path archive = scanFolder.resolve(scene + "_2d-" + folder + ".zip");
            boolean packed = Files.exists(archive);
            if (packed || Files.isDirectory(scanFolder.resolve(folder))) {
                RawLabels raw = table.orElseThrow(
                        () -> SourceFault.invalid(packed ? archive : scanFolder.resolve(folder), RawLabels.NEEDED));
                return new ScanNetLabels(SourceFiles.open(packed ? archive : scanFolder), folder, raw);
            }
        }
        return new ScanNetLabels(null, null, null);
    }

    /** The class ids of a frame; null when it has no map. */
    IntegerImage read(long frame) throws IOException {
        String path = folder + "/" + frame + ".png";
        if (files == null || !files.exists(path)) {
            return null;
        }
        String place = files.describe(path);
        return table.classIds(place, SourceImages.ids(place, files.read(path)));
    }

    /** The maps that were read. */
    Set<Path> filesRead() {
        return files == null ? Set.of() : files.filesRead();
    }

    @Override
    public void close() throws IOException {
        if (files != null) {
            files.close();
        }
    }
}
