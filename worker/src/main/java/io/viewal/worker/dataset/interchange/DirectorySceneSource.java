package io.viewal.worker.dataset.interchange;

import io.viewal.contract.StageFailure;
import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Scenes in the folders of a local directory. A scene's folder may be a symbolic link; its files must lie inside it. */
public final class DirectorySceneSource implements SceneSource {

    private final Path root;

    /**
     * Opens a directory.
     *
     * @throws InvalidInputException when it is no directory, or is itself a scene
     */
    public DirectorySceneSource(Path root) {
        this.root = root;
        if (!Files.isDirectory(root)) {
            throw new InvalidInputException(
                    StageFailure.Reason.InvalidRequest,
                    uri() + " is not a directory; expected one with a folder for each scene");
        }
        if (Files.exists(root.resolve(TransformsParser.FILE))) {
            throw new InvalidInputException(
                    StageFailure.Reason.InvalidRequest,
                    uri() + " is a scene itself (it holds a " + TransformsParser.FILE
                            + "); give the directory above it");
        }
    }

    @Override
    public List<String> scenes() throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve(TransformsParser.FILE)))
                    .map(folder -> folder.getFileName().toString())
                    // Scenes that are being written have a hidden folder.
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public InputStream open(String scene, String path) throws IOException {
        Path folder = root.resolve(scene).toRealPath();
        Path file = folder.resolve(path);
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!file.toRealPath().startsWith(folder)) {
            throw new SourcePlace(uri(), scene)
                    .file(path)
                    .invalid("it leads outside the scene's folder; copy the file into it");
        }
        return Files.newInputStream(file);
    }

    @Override
    public String uri() {
        return "dir:" + root;
    }
}
