package io.viewal.worker.dataset.importer.colmap;

import io.viewal.worker.dataset.NameOrder;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Cameras and images of a model, in COLMAP's binary form (its default) or as text. Rigs and frames, which models have since
 * version 3.12, repeat what is known of each image.
 *
 * @param cameras by their ids
 * @param images by the numbers in their names
 */
record ColmapModel(Map<Long, ColmapCamera> cameras, List<ColmapImage> images) {

    /** Names of the file that every model has, as COLMAP prefers them. */
    static final List<String> CAMERAS = List.of("cameras.bin", "cameras.txt");

    ColmapModel {
        images = images.stream()
                .sorted(Comparator.comparing(ColmapImage::name, NameOrder.BY_NUMBER))
                .toList();
    }

    /**
     * Reads a model.
     *
     * @param folder of the model, with a slash at its end; empty: the scene's
     * @throws io.viewal.worker.InvalidInputException when it is damaged; names the file
     */
    static ColmapModel read(SourceFiles files, String folder) throws IOException {
        return files.exists(folder + CAMERAS.getFirst())
                ? new ColmapModel(
                        BinaryModel.cameras(files, folder + "cameras.bin"),
                        BinaryModel.images(files, folder + "images.bin"))
                : new ColmapModel(
                        TextModel.cameras(files, folder + "cameras.txt"),
                        TextModel.images(files, folder + "images.txt"));
    }
}
