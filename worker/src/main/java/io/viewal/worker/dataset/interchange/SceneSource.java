package io.viewal.worker.dataset.interchange;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Where scenes in the interchange form lie: folders that each hold a {@code transforms.json}. Implementations are safe
 * for use by several threads.
 */
public interface SceneSource {

    /** Names of the folders, of which those that hold no {@code transforms.json} may be missing; sorted. */
    List<String> scenes() throws IOException;

    /**
     * Opens a file of a scene.
     *
     * @param path relative to the scene's folder, with {@code /}, without {@code .} and {@code ..}
     * @throws java.nio.file.NoSuchFileException when there is no such file
     * @throws io.viewal.worker.InvalidInputException when the file lies outside the scene's folder
     */
    InputStream open(String scene, String path) throws IOException;

    /** The source as its user wrote it, for messages: {@code dir:/data/rooms}. */
    String uri();
}
